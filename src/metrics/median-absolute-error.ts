import type { MetricValue, RegressionAnswers } from '../core/metric'
import { finiteOrNull } from './finite-or-null'

/**
 * Median absolute error, in the unit of the target; the mean of the two middle ones for an even
 * number of rows. Null without rows or with an answer that is NaN.
 *
 * scikit-learn: `median_absolute_error(truth, predicted)`. Cost: one native sort.
 */
export function medianAbsoluteError({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  const errors = truth.map((actual, row) => Math.abs((predicted[row] as number) - actual)).sort()
  // Native sort puts NaN last.
  if (rows === 0 || Number.isNaN(errors.at(-1))) return null
  const lower = errors[(rows - 1) >>> 1] as number
  const upper = errors[rows >>> 1] as number
  return finiteOrNull(lower + (upper - lower) / 2)
}
