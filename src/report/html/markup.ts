import { displayText } from '../../core/display-text'
import { escapeHtml } from '../escape-html'

/** Longest text of a file or a log that is shown in full. */
const LONGEST = 2_000

/** Markup that may be written as it is. Only {@link markup} and {@link raw} make it. */
export class Html {
  constructor(readonly markup: string) {}
}

export type HtmlPart = string | number | Html | readonly HtmlPart[] | null

/** A template whose values are escaped unless they are markup themselves; null is nothing. */
export function markup(strings: TemplateStringsArray, ...values: readonly HtmlPart[]): Html {
  return new Html(strings.map((text, index) => text + written(values[index] ?? null)).join(''))
}

/** Markup of ours that holds nothing from a file. */
export function raw(text: string): Html {
  return new Html(text)
}

function written(part: HtmlPart): string {
  if (part === null) return ''
  if (part instanceof Html) return part.markup
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escapeHtml(displayText(part, LONGEST))
  return part.map(written).join('')
}
