import type { ParityAnswers } from '../core/metric'
import { answerDifference } from './answer-difference'

/** Where each row strays furthest from its reference. */
export interface RowDifferences {
  /** By row; Infinity where one of a pair alone is NaN or infinite, 0 without numbers. */
  readonly largest: Float64Array
  /** By row: column of the first number that is as far away. */
  readonly place: Int32Array
}

/** Cost: one pass. */
export function rowDifferences({
  rows,
  width,
  reference,
  answered,
}: ParityAnswers): RowDifferences {
  const largest = new Float64Array(rows)
  const place = new Int32Array(rows)
  for (let row = 0; row < rows; row += 1) {
    let [worst, at] = [-1, 0]
    for (let column = 0; column < width; column += 1) {
      const index = row * width + column
      const difference = answerDifference(reference[index] as number, answered[index] as number)
      if (difference > worst) [worst, at] = [difference, column]
    }
    largest[row] = Math.max(0, worst)
    place[row] = at
  }
  return { largest, place }
}
