import type { ParityDetails, ParityRow } from '../core/report'
import type { ParityAnswers } from '../core/metric'
import { differenceHistogram } from './difference-histogram'
import type { RowDifferences } from './row-differences'
import { isRowClose } from './within-tolerance'

/** Rows that the report names. */
const WORST_ROWS = 20

export interface DetailedAnswers {
  readonly answers: ParityAnswers
  readonly differences: RowDifferences
  /** Text of a class. */
  readonly className: (place: number) => string
  /** Text of a column of numbers: `logits[3]`. */
  readonly columnName: (column: number) => string
  /** Row of the table, from 1. */
  readonly tableRow: (row: number) => number
}

/** What a parity check counts and shows of one model, apart from its metrics. */
export function parityDetails(
  detailed: DetailedAnswers,
): Omit<ParityDetails, 'against' | 'outputs'> {
  const { answers, differences } = detailed
  const { rows, width, classes, tolerance } = answers
  let [close, changed] = [0, 0]
  for (let row = 0; row < rows; row += 1) {
    if (isRowClose(answers, row)) close += 1
    if (classes !== null && classes.reference[row] !== classes.answered[row]) changed += 1
  }
  return {
    ...{ rows, tolerance },
    numbers: rows * width,
    closeRows: width === 0 ? null : close,
    changedRows: classes === null ? null : changed,
    differences: width === 0 ? null : differenceHistogram(differences.largest),
    worst: worstRows(detailed),
  }
}

/** By falling difference, those whose class changes first where they differ alike; none without any. */
function worstRows(detailed: DetailedAnswers): readonly ParityRow[] {
  const { largest } = detailed.differences
  const isChanged = (row: number) => {
    const { classes } = detailed.answers
    return classes !== null && classes.reference[row] !== classes.answered[row]
  }
  const worst: number[] = []
  const before = (one: number, other: number) =>
    (largest[one] as number) !== (largest[other] as number)
      ? (largest[one] as number) > (largest[other] as number)
      : Number(isChanged(one)) > Number(isChanged(other))
  for (let row = 0; row < largest.length; row += 1) {
    if (largest[row] === 0 && !isChanged(row)) continue
    const last = worst[WORST_ROWS - 1]
    if (last !== undefined && !before(row, last)) continue
    const place = worst.findIndex((other) => before(row, other))
    worst.splice(place < 0 ? worst.length : place, 0, row)
    worst.length = Math.min(worst.length, WORST_ROWS)
  }
  return worst.map((row) => describeRow(detailed, row))
}

function describeRow(detailed: DetailedAnswers, row: number): ParityRow {
  const { answers, differences, className, columnName, tableRow } = detailed
  const { width, classes, reference, answered } = answers
  const column = differences.place[row] as number
  const number = (values: ParityAnswers['reference']) =>
    width === 0 ? null : finiteOrText(values[row * width + column] as number)
  const difference = differences.largest[row] as number
  return {
    row: tableRow(row),
    difference: width > 0 && Number.isFinite(difference) ? difference : null,
    output: width === 0 ? null : columnName(column),
    expected: number(reference),
    answered: number(answered),
    classes:
      classes === null
        ? null
        : [className(classes.reference[row] as number), className(classes.answered[row] as number)],
  }
}

/** The report holds no NaN and no infinity. */
function finiteOrText(value: number): number | string {
  return Number.isFinite(value) ? value : String(value)
}
