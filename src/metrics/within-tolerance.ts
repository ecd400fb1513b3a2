import type { MetricValue, ParityAnswers } from '../core/metric'
import { answerDifference } from './answer-difference'

/**
 * Share of rows in which every number is close to its reference: `|answered − reference| ≤ absolute +
 * relative · |reference|`. Two NaN and two infinities of one sign are close. Null without numbers.
 *
 * NumPy: `isclose(answered, reference, rtol, atol, equal_nan=True).all(1).mean()`. Cost: one pass.
 */
export function withinTolerance(answers: ParityAnswers): MetricValue {
  const { rows, width } = answers
  if (rows === 0 || width === 0) return null
  let within = 0
  for (let row = 0; row < rows; row += 1) if (isRowClose(answers, row)) within += 1
  return within / rows
}

/** Whether all numbers of one row are close. */
export function isRowClose(
  { reference, answered, width, tolerance }: ParityAnswers,
  row: number,
): boolean {
  for (let index = row * width; index < (row + 1) * width; index += 1) {
    const expected = reference[index] as number
    const difference = answerDifference(expected, answered[index] as number)
    if (difference === 0) continue
    // An infinite reference would allow for any answer.
    if (!Number.isFinite(expected)) return false
    if (!(difference <= tolerance.absolute + tolerance.relative * Math.abs(expected))) return false
  }
  return true
}
