import { quoted } from '../../core/display-text'

/** Of a column that no model can read. */
export function leftOut(name: string, what: string): string {
  return `Column ${quoted(name)} is left out: it holds ${what}.`
}
