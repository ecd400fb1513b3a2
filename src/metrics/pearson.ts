import type { MetricValue, RegressionAnswers } from '../core/metric'
import { compensatedSum } from './compensated-sum'
import { finiteOrNull } from './finite-or-null'
import { isConstant } from './is-constant'
import { mean } from './mean'

type Column = Float32Array | Float64Array | Uint32Array

/**
 * Pearson's correlation of truth and answers, −1 to 1: how well a straight line maps one to the
 * other, whatever its slope and offset. Null with fewer than two rows, where truth or answers are
 * constant (SciPy gives NaN), or with an answer that is not finite.
 *
 * SciPy: `scipy.stats.pearsonr(truth, predicted)`. Cost: a few passes.
 */
export function pearson({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  return correlation(rows, truth, predicted)
}

/** {@link pearson} of any two columns. */
export function correlation(rows: number, truth: Column, predicted: Column): MetricValue {
  if (rows < 2 || isConstant(truth) || isConstant(predicted)) return null
  const truthOffset = scaledOffsets(rows, truth)
  const answerOffset = scaledOffsets(rows, predicted)
  const truthSquares = compensatedSum(rows, (row) => truthOffset(row) ** 2)
  const answerSquares = compensatedSum(rows, (row) => answerOffset(row) ** 2)
  const products = compensatedSum(rows, (row) => truthOffset(row) * answerOffset(row))
  // One root of the product, not a product of roots: equal columns then give exactly 1.
  const ratio = products / Math.sqrt(truthSquares * answerSquares)
  return finiteOrNull(Math.max(-1, Math.min(1, ratio)))
}

/** Distances from the mean in units of the largest, so that no square overflows or vanishes. */
function scaledOffsets(rows: number, values: Column): (row: number) => number {
  const center = mean(rows, (row) => values[row] as number)
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value - center))
  return (row) => ((values[row] as number) - center) / largest
}
