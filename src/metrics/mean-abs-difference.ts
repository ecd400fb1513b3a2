import type { MetricValue, ParityAnswers } from '../core/metric'
import { answerDifference } from './answer-difference'
import { finiteOrNull } from './finite-or-null'
import { mean } from './mean'

/**
 * Mean absolute difference over all numbers. Null without numbers, and where one of a pair alone is
 * NaN or infinite.
 *
 * NumPy: `abs(answered - reference).mean()`. Cost: one pass.
 */
export function meanAbsDifference({ reference, answered }: ParityAnswers): MetricValue {
  return finiteOrNull(
    mean(reference.length, (index) =>
      answerDifference(reference[index] as number, answered[index] as number),
    ),
  )
}
