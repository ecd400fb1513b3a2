import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { finiteOrNull } from './finite-or-null'

/**
 * Compound annual growth rate: (last equity ÷ first)^(periods per year ÷ n) − 1 over n returns. −1
 * after ruin. Null with fewer than two bars, or where a short rise compounds past the largest float64.
 *
 * empyrical: `annual_return`. Cost: O(1).
 */
export function cagr({
  equity,
  periodsPerYear,
}: Pick<PolicyResult, 'equity' | 'periodsPerYear'>): MetricValue {
  const [first] = equity
  const last = equity.at(-1)
  const periods = equity.length - 1
  if (first === undefined || last === undefined || periods < 1) return null
  return finiteOrNull((last / first) ** (periodsPerYear / periods) - 1)
}
