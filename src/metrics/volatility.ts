import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { finiteOrNull } from './finite-or-null'
import { periodReturns } from './period-returns'
import { sampleDeviation } from './sample-deviation'

/**
 * Annual volatility: sample standard deviation (n − 1) of the returns × √(periods per year). 0 where
 * the returns are constant. Null with fewer than two returns, or once equity has reached zero before
 * the last mark.
 *
 * empyrical: `annual_volatility`. Cost: two passes.
 */
export function volatility({
  equity,
  periodsPerYear,
}: Pick<PolicyResult, 'equity' | 'periodsPerYear'>): MetricValue {
  const returns = periodReturns(equity)
  const deviation = returns === null ? null : sampleDeviation(returns)
  return deviation === null ? null : finiteOrNull(deviation * Math.sqrt(periodsPerYear))
}
