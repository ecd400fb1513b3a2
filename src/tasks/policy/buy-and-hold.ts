import type { PolicyResult, PolicyWindow } from '../../core/policy'
import { backtest, type ReplayMarket, type ReplaySettings } from './backtest'

/**
 * What a long position from the first order to the last bar would have come to, under the same fill,
 * size and costs: the line that a policy is to beat. By window.
 */
export function buyAndHold(
  market: ReplayMarket,
  windows: readonly PolicyWindow[],
  settings: Omit<ReplaySettings, 'actions'>,
): PolicyResult[] {
  const actions = windows.map(({ start, end }) => new Uint8Array(Math.max(0, end - start - 1)))
  return backtest(market, windows, actions, { ...settings, actions: ['long'] })
}
