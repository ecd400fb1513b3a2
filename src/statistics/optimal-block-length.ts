/** K_N of the paper, max(5, √log₁₀ n): 5 for every series that fits a machine. */
const QUIET_LAGS = 5

/**
 * Mean block length for the stationary bootstrap of the mean of a series, in rows, chosen from the
 * series itself: 1 for white noise, longer the longer it remembers. Between 1 and ⌈min(3√n, n/3)⌉; 1
 * for a constant series, or one of fewer than four values.
 *
 * D. N. Politis & H. White (2004), Automatic block-length selection for the dependent bootstrap,
 * Econometric Reviews 23(1), 53–70, with the correction of A. Patton, D. N. Politis & H. White
 * (2009), Econometric Reviews 28(4), 372–375. arch's counterpart: `optimal_block_length`, column
 * `stationary`. Cost: n for each lag looked at, at most √n of them.
 */
export function optimalBlockLength(series: Float64Array): number {
  const rows = series.length
  if (rows < 4) return 1
  const covariance = autocovariances(series)
  const variance = covariance(0)
  if (!(variance > 0)) return 1
  const bandwidth = flatTopBandwidth(rows, (lag) => covariance(lag) / variance)
  let longRunVariance = variance
  let slope = 0
  for (let lag = 1; lag <= bandwidth; lag += 1) {
    const term = 2 * flatTop(lag / bandwidth) * covariance(lag)
    longRunVariance += term
    slope += lag * term
  }
  // (2 Ĝ² / D̂)^⅓ n^⅓ with the corrected D̂ = 2 ĝ(0)².
  const optimal = Math.cbrt((slope / longRunVariance) ** 2 * rows)
  const longest = Math.ceil(Math.min(3 * Math.sqrt(rows), rows / 3))
  return optimal > 1 ? Math.min(optimal, longest) : 1
}

/** Twice the first lag from which on five autocorrelations in a row are within noise. */
function flatTopBandwidth(rows: number, correlation: (lag: number) => number): number {
  const longest = Math.min(Math.ceil(Math.sqrt(rows)) + QUIET_LAGS, rows - 1)
  const noise = 2 * Math.sqrt(Math.log10(rows) / rows)
  let quiet = 0
  for (let lag = 1; lag <= longest; lag += 1) {
    quiet = Math.abs(correlation(lag)) < noise ? quiet + 1 : 0
    if (quiet === QUIET_LAGS) return Math.min(2 * (lag - QUIET_LAGS + 1), longest)
  }
  return longest
}

function flatTop(distance: number): number {
  return distance <= 0.5 ? 1 : 2 * (1 - distance)
}

/** The sample autocovariance with 1/n, each lag computed when first asked for. */
function autocovariances(series: Float64Array): (lag: number) => number {
  const rows = series.length
  const first = series[0] as number
  // Around the first value, so that a constant series has a variance of exactly 0.
  const offset = series.reduce((sum, value) => sum + (value - first), 0) / rows
  const centered = series.map((value) => value - first - offset)
  const known: number[] = []
  return (lag) => (known[lag] ??= laggedProducts(centered, lag) / rows)
}

function laggedProducts(centered: Float64Array, lag: number): number {
  let sum = 0
  for (let row = lag; row < centered.length; row += 1) {
    sum += (centered[row] as number) * (centered[row - lag] as number)
  }
  return sum
}
