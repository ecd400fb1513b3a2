import type { MetricValue, RegressionAnswers } from '../core/metric'
import { finiteOrNull } from './finite-or-null'

/**
 * Largest absolute error, in the unit of the target. Null without rows or with an answer that is
 * not finite.
 *
 * scikit-learn: `max_error(truth, predicted)`. Cost: one pass.
 */
export function maxError({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  if (rows === 0) return null
  let largest = 0
  for (let row = 0; row < rows; row += 1) {
    const error = Math.abs((predicted[row] as number) - (truth[row] as number))
    if (Number.isNaN(error)) return null
    if (error > largest) largest = error
  }
  return finiteOrNull(largest)
}
