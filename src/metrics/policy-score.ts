import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { finiteOrNull } from './finite-or-null'
import { maxDrawdown } from './max-drawdown'
import { totalReturn } from './total-return'
import { tradeGains } from './trade-gains'

/** Profit factor that stands for gains without any loss. */
const NO_LOSS_FACTOR = 3

/**
 * Bakeoff's score of a policy: 0.6 · total return + 0.3 · max(0, 1 − 2 · largest drawdown) + 0.05 ·
 * (profit factor − 1, within 0 and 2). The profit factor counts as 3 where there are gains and no
 * loss, as 0 where there is no gain. Null without bars. Cost: one pass.
 */
export function policyScore(result: Pick<PolicyResult, 'equity' | 'trades'>): MetricValue {
  const earned = totalReturn(result)
  const drawdown = maxDrawdown(result)
  if (earned === null || drawdown === null) return null
  const { gains, losses } = tradeGains(result.trades)
  const factor = gains === 0 ? 0 : losses === 0 ? NO_LOSS_FACTOR : gains / losses
  const calm = Math.max(0, 1 - 2 * drawdown)
  return finiteOrNull(0.6 * earned + 0.3 * calm + 0.05 * Math.min(2, Math.max(0, factor - 1)))
}
