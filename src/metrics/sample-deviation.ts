import { compensatedSum } from './compensated-sum'
import { mean } from './mean'
import { RETURN_NOISE } from './return-noise'

/**
 * Standard deviation of returns with n − 1 in the denominator; exactly 0 where they do not vary beyond
 * rounding. Null with fewer than two.
 *
 * NumPy: `np.std(returns, ddof=1)`.
 */
export function sampleDeviation(returns: Float64Array): number | null {
  const count = returns.length
  if (count < 2) return null
  const center = mean(count, (t) => returns[t] as number)
  const squares = compensatedSum(count, (t) => ((returns[t] as number) - center) ** 2)
  const deviation = Math.sqrt(squares / (count - 1))
  return deviation <= RETURN_NOISE ? 0 : deviation
}
