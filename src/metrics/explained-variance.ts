import type { MetricValue, RegressionAnswers } from '../core/metric'
import { euclideanNorm } from './euclidean-norm'
import { finiteOrNull } from './finite-or-null'
import { isConstant } from './is-constant'
import { mean } from './mean'

/**
 * Explained variance: 1 − variance of the error ÷ variance of the truth. As R², but a constant
 * offset costs nothing.
 * Where the truth is constant: 1 if the answers are constant too, else 0 (scikit-learn's
 * `force_finite=True`); so a single row gives 1. Null without rows, with an answer that is not
 * finite, or where the spread passes the largest float64.
 *
 * scikit-learn: `explained_variance_score(truth, predicted)`. Cost: a few passes.
 */
export function explainedVariance({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  const error = (row: number): number => (predicted[row] as number) - (truth[row] as number)
  const offset = mean(rows, error)
  if (!Number.isFinite(offset)) return null
  if (isConstant(truth)) return isConstant(predicted) ? 1 : 0
  const center = mean(rows, (row) => truth[row] as number)
  const unexplained = euclideanNorm(rows, (row) => error(row) - offset)
  const spread = euclideanNorm(rows, (row) => (truth[row] as number) - center)
  return spread === Infinity ? null : finiteOrNull(1 - (unexplained / spread) ** 2)
}
