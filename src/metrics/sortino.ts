import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { downsideDeviation } from './downside-deviation'
import { finiteOrNull } from './finite-or-null'
import { mean } from './mean'
import { periodReturns } from './period-returns'

/**
 * Sortino ratio with a target of zero: mean return ÷ √mean(min(return, 0)²) × √(periods per year).
 * The mean under the root is over all returns. Null where no return is below zero, or once equity has
 * reached zero before the last mark.
 *
 * empyrical: `sortino_ratio`. F. Sortino, L. Price (1994), Performance Measurement in a Downside Risk
 * Framework, Journal of Investing 3(3), 59–64. Cost: a few passes.
 */
export function sortino({
  equity,
  periodsPerYear,
}: Pick<PolicyResult, 'equity' | 'periodsPerYear'>): MetricValue {
  const returns = periodReturns(equity)
  if (returns === null) return null
  const downside = downsideDeviation(returns)
  if (downside === 0) return null
  const average = mean(returns.length, (t) => returns[t] as number)
  return finiteOrNull((average / downside) * Math.sqrt(periodsPerYear))
}
