import type { MetricValue, RegressionAnswers } from '../core/metric'
import { finiteOrNull } from './finite-or-null'
import { mean } from './mean'

/**
 * Mean absolute error, in the unit of the target. Null without rows or with an answer that is not
 * finite.
 *
 * scikit-learn: `mean_absolute_error(truth, predicted)`. Cost: one pass.
 */
export function mae({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  return finiteOrNull(
    mean(rows, (row) => Math.abs((predicted[row] as number) - (truth[row] as number))),
  )
}
