import type { StateReset } from '../../core/report'
import type { PolicyMetric } from '../../metrics/policy-metrics'
import { policyFigures } from './policy-figures'
import type { TradedWindow } from './trade-windows'

/**
 * How much a recurrent state matters: the same policy over the same bars with its state set to zero
 * before each of them. Bars after a ruin of either do not count.
 */
export function compareStateReset(
  policy: TradedWindow,
  forgetful: TradedWindow,
  metrics: readonly PolicyMetric[],
  readsAccount: boolean,
): StateReset {
  const bars = Math.min(policy.actions.length, forgetful.actions.length)
  let changed = 0
  for (let bar = 0; bar < bars; bar += 1) {
    if (policy.actions[bar] !== forgetful.actions[bar]) changed += 1
  }
  return {
    metrics: policyFigures(metrics, forgetful.result),
    bars,
    changedShare: bars === 0 ? null : changed / bars,
    readsAccount,
  }
}
