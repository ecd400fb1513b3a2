import type { MetricValue, RegressionAnswers } from '../core/metric'
import { euclideanNorm } from './euclidean-norm'
import { finiteOrNull } from './finite-or-null'
import { isConstant } from './is-constant'
import { mean } from './mean'

/**
 * R² (coefficient of determination): 1 − squared error ÷ squared spread of the truth. 1 is
 * perfect, 0 as good as always answering the mean; it can be as low as it likes.
 * Where the truth is constant: 1 for perfect answers, else 0 (scikit-learn's `force_finite=True`).
 * Null with fewer than two rows, with an answer that is not finite, or where the spread passes the
 * largest float64.
 *
 * scikit-learn: `r2_score(truth, predicted)`. Cost: a few passes.
 */
export function r2({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  if (rows < 2) return null
  const error = euclideanNorm(rows, (row) => (predicted[row] as number) - (truth[row] as number))
  if (!Number.isFinite(error)) return null
  if (isConstant(truth)) return error === 0 ? 1 : 0
  const center = mean(rows, (row) => truth[row] as number)
  const spread = euclideanNorm(rows, (row) => (truth[row] as number) - center)
  return spread === Infinity ? null : finiteOrNull(1 - (error / spread) ** 2)
}
