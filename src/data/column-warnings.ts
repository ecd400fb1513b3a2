import { displayText, quoted } from '../core/display-text'
import type { Oddity } from './column-builder'
import { NumericColumn } from './numeric-column'
import { isLeadingZeroCode } from './parse-number'
import type { ColumnState } from './table-builder'

const THOUSAND_MARKS = /^\s*[+-]?\d{1,3}([.,' \u00a0\u202f]\d{3})+([.,]\d+)?\s*$/u

/** Sentences on what was odd in one column, with lines of the file. */
export function columnWarnings(rawName: string, state: ColumnState): readonly string[] {
  const name = `Column ${quoted(rawName)}`
  const { builder } = state
  if (!(builder instanceof NumericColumn)) return textWarnings(name, state)
  const sentences: string[] = []
  if (!builder.hasValues) sentences.push(`${name} holds no values.`)
  if (builder.huge !== null) {
    sentences.push(
      `${name} holds ${oddities(builder.huge, 'whole number', 'whole numbers')} beyond 2^53, which lose their last digits.`,
    )
  }
  if (builder.infinite !== null) {
    sentences.push(
      `${name} holds ${oddities(builder.infinite, 'infinite value', 'infinite values')}.`,
    )
  }
  return sentences
}

/** Said once per file: numbers with points beside numbers with decimal commas may be thousands. */
export function decimalMarkWarning(
  names: readonly string[],
  states: readonly ColumnState[],
): string | null {
  const find = (test: (column: NumericColumn) => boolean): string | undefined =>
    names[states.findIndex(({ builder }) => builder instanceof NumericColumn && test(builder))]
  const comma = find((column) => column.hasDecimalComma)
  const point = find((column) => column.reading === 'point' && column.hasPoint)
  if (comma === undefined || point === undefined) return null
  return `Column ${quoted(comma)} has decimal commas, column ${quoted(point)} has points: check that these are no thousands marks.`
}

function textWarnings(name: string, state: ColumnState): readonly string[] {
  if (state.isAmbiguous) {
    return [
      `${name} is read as text: numbers such as 1,234 could mean thousands or decimals. Write decimals with a point.`,
    ]
  }
  const last = state.contradictions.at(-1)
  if (last === undefined) return []
  const cell = displayText(last.cell.trim(), 40)
  const where = `"${cell}" in line ${String(last.line)}`
  if (isLeadingZeroCode(last.cell)) {
    return [`${name} is read as text: it holds codes with leading zeros (${where}).`]
  }
  if (THOUSAND_MARKS.test(last.cell)) {
    return [`${name} is read as text: it holds numbers with thousands marks (${where}).`]
  }
  return last.hasFitting ? [`${name} is read as text because of ${where}.`] : []
}

function oddities({ count, line, cell }: Oddity, one: string, many: string): string {
  const shown = displayText(cell.trim(), 40)
  return `${String(count)} ${count === 1 ? one : many} (first ${shown} in line ${String(line)})`
}
