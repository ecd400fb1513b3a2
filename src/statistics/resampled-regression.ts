import type { ResampledGroup } from './bootstrap'

/** In the order of the figures of {@link resampledRegression}. */
export const RESAMPLED_REGRESSION_FIGURES = [
  'mae',
  'rmse',
  'r2',
  'mape',
  'explainedVariance',
  'pearson',
] as const

/** Steps of one row: a dozen sums. */
const STEPS_PER_ROW = 6

/**
 * Regression metrics that follow from sums over the drawn rows, in the order of
 * {@link RESAMPLED_REGRESSION_FIGURES}. NaN where the metric is undefined for the rows as they
 * were drawn; a truth that is constant among them leaves the metrics that compare with its spread
 * undefined. Cost: one pass.
 */
export function resampledRegression(
  truth: Float64Array,
  predicted: Float32Array | Float64Array,
): ResampledGroup {
  const rows = truth.length
  // Sums of distances from a centre near the mean: squares of large numbers would cancel.
  const truthCenter = meanOf(truth)
  const answerCenter = meanOf(predicted)
  return {
    size: RESAMPLED_REGRESSION_FIGURES.length,
    steps: STEPS_PER_ROW * rows,
    compute: (counts, figures) => {
      let [absolute, squares, errors, relative] = [0, 0, 0, 0]
      let [t, tt, p, pp, tp] = [0, 0, 0, 0, 0]
      for (let row = 0; row < rows; row += 1) {
        const count = counts[row] as number
        if (count === 0) continue
        const actual = truth[row] as number
        const answer = predicted[row] as number
        const error = answer - actual
        const size = count * Math.abs(error)
        absolute += size
        relative += size / Math.max(Math.abs(actual), Number.EPSILON)
        errors += count * error
        squares += count * error * error
        const fromTruth = actual - truthCenter
        const fromAnswer = answer - answerCenter
        t += count * fromTruth
        tt += count * fromTruth * fromTruth
        p += count * fromAnswer
        pp += count * fromAnswer * fromAnswer
        tp += count * fromTruth * fromAnswer
      }
      const truthSpread = tt - (t * t) / rows
      const answerSpread = pp - (p * p) / rows
      figures[0] = absolute / rows
      figures[1] = Math.sqrt(squares / rows)
      figures[2] = share(squares, truthSpread, tt)
      figures[3] = relative / rows
      figures[4] = share(squares - (errors * errors) / rows, truthSpread, tt)
      figures[5] =
        isSpread(truthSpread, tt) && isSpread(answerSpread, pp)
          ? (tp - (t * p) / rows) / Math.sqrt(truthSpread * answerSpread)
          : NaN
    },
  }
}

function share(unexplained: number, spread: number, squares: number): number {
  return isSpread(spread, squares) ? 1 - unexplained / spread : NaN
}

/** Whether a spread is more than what rounding leaves of `squares`. */
function isSpread(spread: number, squares: number): boolean {
  return spread > 1e-12 * squares
}

function meanOf(values: Float32Array | Float64Array): number {
  let mean = 0
  for (const value of values) mean += value / values.length
  return mean
}
