import type { MetricValue, RegressionAnswers } from '../core/metric'
import { euclideanNorm } from './euclidean-norm'
import { finiteOrNull } from './finite-or-null'

/**
 * Root mean squared error, in the unit of the target. Null without rows or with an answer that is
 * not finite. Errors whose squares would overflow are still measured.
 *
 * scikit-learn: `mean_squared_error(truth, predicted, squared=False)`, later
 * `root_mean_squared_error`. Cost: two passes.
 */
export function rmse({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  const norm = euclideanNorm(rows, (row) => (predicted[row] as number) - (truth[row] as number))
  return finiteOrNull(norm / Math.sqrt(rows))
}
