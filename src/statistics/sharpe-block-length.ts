import { optimalBlockLength } from './optimal-block-length'
import { returnScores } from './return-scores'
import { sharpeInfluence } from './sharpe-influence'

/**
 * With this many blocks in a resample the variance that they measure is off by some 1.4 %
 * (√(2 / blocks)) for want of more. Longer blocks than needed do no other harm, and bound the work.
 */
const MOST_BLOCKS = 10_000

/**
 * One mean block length, in bars, for resampling the returns of all policies together: the longest
 * that the Sharpe ratio of any policy, or its difference from that of the first one, asks for. At
 * least bars ÷ 10,000. Policies without a Sharpe ratio have no say. All are of the same bars.
 */
export function sharpeBlockLength(policies: readonly Float64Array[]): number {
  const bars = policies[0]?.length ?? 0
  let longest = Math.max(1, bars / MOST_BLOCKS)
  let baseline: Float64Array | null = null
  for (const returns of policies) {
    const scores = returnScores(returns)
    if (scores === null) continue
    const influence = sharpeInfluence(scores)
    longest = Math.max(longest, optimalBlockLength(influence))
    if (baseline === null) baseline = influence
    else longest = Math.max(longest, optimalBlockLength(difference(influence, baseline)))
  }
  return longest
}

function difference(first: Float64Array, second: Float64Array): Float64Array {
  return first.map((value, bar) => value - (second[bar] as number))
}
