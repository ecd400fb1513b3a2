import { formatCount, formatList, formatQuantity } from '../core/format'
import { displayText, quoted } from '../core/display-text'
import { LONGEST_CONDITION, type ChosenRows, type ColumnCondition } from '../core/row-choice'

interface CountedRows {
  /** That are compared. */
  readonly rows: number
  readonly droppedRows: number
  readonly chosen: ChosenRows | null
}

/** How the compared rows came from the table, step by step, without a full stop. */
export function describeRows({ rows, droppedRows, chosen }: CountedRows): string {
  if (chosen === null) return `${formatCount(rows)} used, ${formatCount(droppedRows)} left out`
  const { tableRows, filter, matchedRows } = chosen
  const steps = [
    filter.length === 0
      ? null
      : `${formatCount(matchedRows)} ${matchedRows === 1 ? 'fulfils' : 'fulfil'} ${formatList(filter.map(describeCondition))}`,
    droppedRows === 0 ? null : `${formatCount(droppedRows)} left out for missing values`,
    describeSample(chosen, rows),
  ].filter((step) => step !== null)
  return `${shareOfRows(rows, tableRows)}: ${steps.join(', ')}`
}

/** `629 of 1,797 rows` */
export function shareOfRows(rows: number, tableRows: number): string {
  return `${formatCount(rows)} of ${formatQuantity(tableRows, 'row')}`
}

export function describeCondition({ column, text }: ColumnCondition): string {
  return `${column === null ? 'any column' : quoted(column)} ${displayText(text.trim(), LONGEST_CONDITION)}`
}

function describeSample({ sample, completeRows }: ChosenRows, rows: number): string | null {
  if (sample === null) return null
  if (completeRows <= sample.rows) return `a sample of ${formatCount(sample.rows)} takes all`
  const taken = `${formatCount(rows)} of ${formatCount(completeRows)}`
  if (sample.kind === 'first') return `the first ${taken} taken`
  if (sample.kind === 'random') return `${taken} drawn at random with seed ${String(sample.seed)}`
  return sample.by === null
    ? `the last ${taken} taken`
    : `the most recent ${taken} by ${quoted(sample.by)} taken`
}
