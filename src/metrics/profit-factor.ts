import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { finiteOrNull } from './finite-or-null'
import { tradeGains } from './trade-gains'

/**
 * Profit factor: money earned by winning trades ÷ money lost by all others. Null where nothing was
 * lost, as without trades. Cost: one pass.
 */
export function profitFactor({ trades }: Pick<PolicyResult, 'trades'>): MetricValue {
  const { gains, losses } = tradeGains(trades)
  return losses === 0 ? null : finiteOrNull(gains / losses)
}
