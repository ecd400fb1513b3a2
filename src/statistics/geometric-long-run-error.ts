/**
 * Standard error of the mean of `values` (of mean 0) as the stationary bootstrap with this mean block
 * length sees it: √(Σ qᵏ R(k) / n) over all lags k = −∞ … ∞, with q = 1 − 1/length and R the
 * autocovariance of the series closed to a circle. Never negative under the root.
 *
 * D. N. Politis & J. P. Romano (1994), The stationary bootstrap, lemma 1, for blocks short beside
 * the series. Cost: two passes, by a recursion over the lags.
 */
export function geometricLongRunError(values: Float64Array, meanLength: number): number {
  const rows = values.length
  const goingOn = 1 - 1 / meanLength
  // `ahead` is Σ qᵏ values[row + k] over k ≥ 1, round the circle; first the one of the last row.
  let ahead = 0
  for (let row = rows - 1; row >= 0; row -= 1) ahead = goingOn * ((values[row] as number) + ahead)
  ahead /= 1 - goingOn ** rows
  let sum = 0
  for (let row = rows - 1; row >= 0; row -= 1) {
    const value = values[row] as number
    sum += value * (value + 2 * ahead)
    ahead = goingOn * (value + ahead)
  }
  return Math.sqrt(Math.max(0, sum)) / rows
}
