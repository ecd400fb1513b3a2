import type { PolicyResult, PolicySettings, PolicyWindow } from '../../core/policy'
import { AccountBatch } from './account-batch'
import type { Market } from './market'

/** What one window is computed from: the actions of its bars, the last one's left out. */
export type ActionSequence = Float32Array | Float64Array | Uint8Array | Int32Array

/** The settings that a replay depends on. */
export type ReplaySettings = Pick<
  PolicySettings,
  'actions' | 'fill' | 'fee' | 'size' | 'initialBalance' | 'periodsPerYear'
>

/** The part of a market that a replay reads: no observation. */
export type ReplayMarket = Pick<Market, 'rows' | 'open' | 'close' | 'spread' | 'times'>

/**
 * Trades recorded actions again, each window on an account of its own: equity, trades and figures
 * depend on the actions alone, so answers are kept as actions.
 * @param actions one sequence per window: action indices or continuous targets, one per bar but the
 *   last; a shorter one, as after ruin, holds (action `NaN`) from its end on
 */
export function backtest(
  market: ReplayMarket,
  windows: readonly PolicyWindow[],
  actions: readonly ActionSequence[],
  settings: ReplaySettings,
): PolicyResult[] {
  const batch = new AccountBatch(market, windows, settings.actions, settings)
  const chosen = new Float64Array(windows.length)
  const longest = Math.max(0, ...windows.map(({ start, end }) => end - start))
  for (let t = 0; t + 1 < longest; t += 1) {
    for (let w = 0; w < chosen.length; w += 1) chosen[w] = actions[w]?.[t] ?? NaN
    batch.step(t, chosen)
  }
  return policyResults(batch, market.times, windows, settings.periodsPerYear)
}

/** What the accounts of a batch came to, by window. */
export function policyResults(
  batch: AccountBatch,
  times: Float64Array | null,
  windows: readonly PolicyWindow[],
  periodsPerYear: number,
): PolicyResult[] {
  const trades = batch.trades()
  return windows.map(({ start, end }, w) => {
    const { equity, exposedMarks, isRuined } = batch.result(w)
    return {
      equity,
      trades: trades[w] ?? [],
      exposedMarks,
      isRuined,
      periodsPerYear,
      times: times?.slice(start, end) ?? null,
    }
  })
}
