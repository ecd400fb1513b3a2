import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'

/** Share of trades that earned more than their costs. Null without trades. Cost: one pass. */
export function winRate({ trades }: Pick<PolicyResult, 'trades'>): MetricValue {
  if (trades.length === 0) return null
  return trades.filter(({ pnl }) => pnl > 0).length / trades.length
}
