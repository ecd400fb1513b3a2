/** Share of the range that is left free at either end, so that no mark lies on the frame. */
const PAD = 0.06

/** A range that holds all values with some room around; one unit around a single one. */
export function padDomain(values: readonly number[]): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return [0, 1]
  const pad = (high - low) * PAD || Math.abs(high) * PAD || 0.5
  return [low - pad, high + pad]
}
