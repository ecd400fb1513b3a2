import type { MetricValue, RegressionAnswers } from '../core/metric'
import { compensatedSum } from './compensated-sum'
import { euclideanNorm } from './euclidean-norm'
import { finiteOrNull } from './finite-or-null'
import { isConstant } from './is-constant'
import { mean } from './mean'

/**
 * Pearson's correlation of truth and answers, −1 to 1: how well a straight line maps one to the
 * other, whatever its slope and offset. Null with fewer than two rows, where truth or answers are
 * constant (SciPy gives NaN), or with an answer that is not finite.
 *
 * SciPy: `scipy.stats.pearsonr(truth, predicted)`. Cost: a few passes.
 */
export function pearson({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  if (rows < 2 || isConstant(truth) || isConstant(predicted)) return null
  const truthOffset = centred(rows, truth)
  const answerOffset = centred(rows, predicted)
  const truthNorm = euclideanNorm(rows, truthOffset)
  const answerNorm = euclideanNorm(rows, answerOffset)
  const sum = compensatedSum(
    rows,
    (row) => (truthOffset(row) / truthNorm) * (answerOffset(row) / answerNorm),
  )
  // Rounding can pass the bounds by one step.
  return finiteOrNull(Math.max(-1, Math.min(1, sum)))
}

function centred(rows: number, values: Float64Array): (row: number) => number {
  const center = mean(rows, (row) => values[row] as number)
  return (row) => (values[row] as number) - center
}
