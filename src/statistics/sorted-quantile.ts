/**
 * The `share`-quantile of values in rising order, straight between the two nearest ones. NaN without
 * values. NumPy: `quantile(values, share)`; R: type 7.
 */
export function sortedQuantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? NaN
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN
  return low + (place - below) * (high - low)
}
