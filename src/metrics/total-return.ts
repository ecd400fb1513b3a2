import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { finiteOrNull } from './finite-or-null'

/**
 * Total return: last equity ÷ first − 1. −1 after ruin; 0 for a window of one bar. Null without bars.
 *
 * empyrical: `cum_returns_final`. Cost: O(1).
 */
export function totalReturn({ equity }: Pick<PolicyResult, 'equity'>): MetricValue {
  const [first] = equity
  const last = equity.at(-1)
  return first === undefined || last === undefined ? null : finiteOrNull(last / first - 1)
}
