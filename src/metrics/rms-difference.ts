import type { MetricValue, ParityAnswers } from '../core/metric'
import { answerDifference } from './answer-difference'
import { euclideanNorm } from './euclidean-norm'
import { finiteOrNull } from './finite-or-null'

/**
 * Root of the mean squared difference over all numbers. Null without numbers, and where one of a pair
 * alone is NaN or infinite.
 *
 * NumPy: `sqrt(((answered - reference) ** 2).mean())`. Cost: two passes.
 */
export function rmsDifference({ reference, answered }: ParityAnswers): MetricValue {
  const numbers = reference.length
  if (numbers === 0) return null
  const norm = euclideanNorm(numbers, (index) =>
    answerDifference(reference[index] as number, answered[index] as number),
  )
  return finiteOrNull(norm / Math.sqrt(numbers))
}
