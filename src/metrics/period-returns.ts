/**
 * Returns from mark to mark: `equity[t] ÷ equity[t − 1] − 1`, one fewer than marks. Null where one is
 * undefined, as after equity has reached zero.
 */
export function periodReturns(equity: Float64Array): Float64Array | null {
  const returns = new Float64Array(Math.max(0, equity.length - 1))
  for (let t = 0; t < returns.length; t += 1) {
    const value = (equity[t + 1] as number) / (equity[t] as number) - 1
    if (!Number.isFinite(value)) return null
    returns[t] = value
  }
  return returns
}
