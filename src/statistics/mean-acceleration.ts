/**
 * BCa's acceleration of a mean, from the jackknife: Σ d³ / (6 (Σ d²)^1.5) with d a row's distance
 * from the mean. 0 where all rows are equal.
 *
 * Source: B. Efron, R. J. Tibshirani (1993), An introduction to the bootstrap, (14.15). For a mean
 * the jackknife's values differ from the rows' by a factor alone. Cost: two passes.
 */
export function meanAcceleration(rows: number, value: (row: number) => number): number {
  let sum = 0
  for (let row = 0; row < rows; row += 1) sum += value(row)
  const mean = sum / rows
  let [squares, cubes] = [0, 0]
  for (let row = 0; row < rows; row += 1) {
    const distance = value(row) - mean
    squares += distance * distance
    cubes += distance * distance * distance
  }
  const acceleration = cubes / (6 * squares ** 1.5)
  return Number.isFinite(acceleration) ? acceleration : 0
}
