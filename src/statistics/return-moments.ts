/**
 * The first four moments of returns, without bias for a normal sample, as pandas has them. `sharpe` is
 * per period, mean ÷ deviation, and `kurtosis` is not in excess: 3 for a normal distribution.
 */
export interface ReturnMoments {
  readonly rows: number
  readonly sharpe: number
  readonly skewness: number
  readonly kurtosis: number
}

/** Returns carry rounding errors of a few 2⁻⁵² of the equity; a spread of that size is none. */
const NOISE = 1e-14

/**
 * Null with fewer than four returns, with one that is not finite, or where they do not vary beyond
 * rounding.
 *
 * pandas: `Series.std()`, `Series.skew()`, `Series.kurt() + 3`. Cost: two passes.
 */
export function returnMoments(returns: Float64Array): ReturnMoments | null {
  const rows = returns.length
  if (rows < 4) return null
  const mean = centerOfReturns(returns)
  let [squares, cubes, fourths] = [0, 0, 0]
  for (const value of returns) {
    const square = (value - mean) ** 2
    squares += square
    cubes += square * (value - mean)
    fourths += square * square
  }
  const deviation = Math.sqrt(squares / (rows - 1))
  if (!(deviation > NOISE && Number.isFinite(deviation))) return null
  const spread = Math.sqrt(squares / rows)
  const skewness = cubes / rows / spread ** 3
  const excess = fourths / rows / spread ** 4 - 3
  const correction = (rows - 1) / ((rows - 2) * (rows - 3))
  return {
    rows,
    sharpe: mean / deviation,
    skewness: (skewness * Math.sqrt(rows * (rows - 1))) / (rows - 2),
    kurtosis: correction * ((rows + 1) * excess + 6) + 3,
  }
}

/** The mean, with the rounding error of a plain sum taken out. */
export function centerOfReturns(returns: Float64Array): number {
  const rough = returns.reduce((sum, value) => sum + value, 0) / returns.length
  return rough + returns.reduce((sum, value) => sum + (value - rough), 0) / returns.length
}
