import { compensatedSum } from './compensated-sum'
import { RETURN_NOISE } from './return-noise'

/**
 * Root mean square of the returns below zero, over all returns: √mean(min(r, 0)²). Exactly 0 where no
 * return is below zero beyond rounding, and without returns.
 */
export function downsideDeviation(returns: Float64Array): number {
  const count = returns.length
  if (count === 0) return 0
  const squares = compensatedSum(count, (t) => Math.min(returns[t] as number, 0) ** 2)
  const deviation = Math.sqrt(squares / count)
  return deviation <= RETURN_NOISE ? 0 : deviation
}
