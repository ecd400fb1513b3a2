import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'

/**
 * Largest loss from a peak: max over t of 1 − equity[t] ÷ max(equity[0 … t]), as a positive share. 0
 * where equity never falls, 1 after ruin. The first mark counts as a peak. Null without bars.
 *
 * empyrical: `max_drawdown`, with the sign turned. Cost: one pass.
 */
export function maxDrawdown({ equity }: Pick<PolicyResult, 'equity'>): MetricValue {
  if (equity.length === 0) return null
  let peak = -Infinity
  let worst = 0
  for (const value of equity) {
    if (value > peak) peak = value
    worst = Math.max(worst, 1 - value / peak)
  }
  return worst
}
