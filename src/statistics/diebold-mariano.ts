import { studentTTwoSided } from './student-t-distribution'
import type { TestResult } from './test-result'

/**
 * The Diebold–Mariano test whether two forecasts lose equally much, with the correction of Harvey,
 * Leybourne and Newbold for short series, against Student's t. For losses in the order of time;
 * autocovariances up to lag `horizon` − 1 count.
 *
 * Where they make the long-run variance negative, lag 0 alone is used, as in R. Equal losses
 * everywhere give p = 1; a difference that never varies, or fewer than three rows, no test.
 *
 * @param differences loss of the first minus loss of the second, by row
 * @param horizon steps ahead that the forecasts look; the lags that may be correlated, plus one
 * @returns `statistic` is positive where the first loses more
 *
 * R: `forecast::dm.test(e1, e2, h=horizon, varestimator="acf")`.
 * Source: F. X. Diebold, R. S. Mariano (1995), Comparing predictive accuracy; D. Harvey,
 * S. Leybourne, P. Newbold (1997), Testing the equality of prediction mean squared errors.
 * Cost: `horizon` passes.
 */
export function dieboldMariano(differences: Float64Array, horizon = 1): TestResult {
  const n = differences.length
  if (n < 3) return { statistic: null, pValue: null }
  if (differences.every((value) => value === 0)) return { statistic: 0, pValue: 1 }
  const mean = differences.reduce((sum, value) => sum + value, 0) / n
  const lags = Math.min(horizon, n - 1)
  const ownVariance = autocovariance(differences, mean, 0)
  let longRun = ownVariance
  for (let lag = 1; lag < lags; lag += 1) longRun += 2 * autocovariance(differences, mean, lag)
  const isUsable = longRun > 0
  const steps = isUsable ? lags : 1
  const variance = (isUsable ? longRun : ownVariance) / n
  const correction = (n + 1 - 2 * steps + (steps * (steps - 1)) / n) / n
  const statistic = (mean / Math.sqrt(variance)) * Math.sqrt(correction)
  // Differences that are constant up to rounding carry no information on their own spread.
  if (!Number.isFinite(statistic) || variance * n <= (Number.EPSILON * mean) ** 2) {
    return { statistic: null, pValue: null }
  }
  return { statistic, pValue: studentTTwoSided(statistic, n - 1) }
}

function autocovariance(values: Float64Array, mean: number, lag: number): number {
  let sum = 0
  for (let at = lag; at < values.length; at += 1) {
    sum += ((values[at] as number) - mean) * ((values[at - lag] as number) - mean)
  }
  return sum / values.length
}
