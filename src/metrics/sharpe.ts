import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { finiteOrNull } from './finite-or-null'
import { mean } from './mean'
import { periodReturns } from './period-returns'
import { sampleDeviation } from './sample-deviation'

/**
 * Sharpe ratio without a risk-free rate: mean return ÷ sample standard deviation (n − 1) × √(periods
 * per year). Null with fewer than two returns, with constant returns, or once equity has reached zero
 * before the last mark.
 *
 * empyrical: `sharpe_ratio`. W. F. Sharpe (1994), The Sharpe Ratio, Journal of Portfolio Management
 * 21(1), 49–58. Cost: a few passes.
 */
export function sharpe({
  equity,
  periodsPerYear,
}: Pick<PolicyResult, 'equity' | 'periodsPerYear'>): MetricValue {
  const returns = periodReturns(equity)
  const deviation = returns === null ? null : sampleDeviation(returns)
  if (returns === null || deviation === null || deviation === 0) return null
  const average = mean(returns.length, (t) => returns[t] as number)
  return finiteOrNull((average / deviation) * Math.sqrt(periodsPerYear))
}
