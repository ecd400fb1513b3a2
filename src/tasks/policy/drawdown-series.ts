/**
 * Loss from the highest mark so far, at each mark: equity[t] ÷ max(equity[0 … t]) − 1, 0 or below, for
 * drawing under the curve.
 */
export function drawdownSeries(equity: Float64Array): Float64Array {
  const series = new Float64Array(equity.length)
  let peak = -Infinity
  for (let t = 0; t < equity.length; t += 1) {
    const value = equity[t] as number
    if (value > peak) peak = value
    series[t] = value / peak - 1
  }
  return series
}
