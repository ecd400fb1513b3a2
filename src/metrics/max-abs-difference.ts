import type { MetricValue, ParityAnswers } from '../core/metric'
import { answerDifference } from './answer-difference'
import { finiteOrNull } from './finite-or-null'

/**
 * Largest absolute difference of any number from its reference. Null without numbers, and where one
 * of a pair alone is NaN or infinite.
 *
 * NumPy: `abs(answered - reference).max()`. Cost: one pass.
 */
export function maxAbsDifference({ reference, answered }: ParityAnswers): MetricValue {
  if (reference.length === 0) return null
  let largest = 0
  for (let index = 0; index < reference.length; index += 1) {
    const difference = answerDifference(reference[index] as number, answered[index] as number)
    if (difference > largest) largest = difference
  }
  return finiteOrNull(largest)
}
