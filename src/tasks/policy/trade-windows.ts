import type { PolicyResult, PolicySettings, PolicyWindow } from '../../core/policy'
import { backtest, type ReplayMarket } from './backtest'

/** Answers of a policy, bar by bar, one window after another. */
export type Actions = Float32Array | Float64Array

/** What a policy chose in one window, and what that came to. */
export interface TradedWindow {
  readonly window: PolicyWindow
  /** Up to the last bar that counted. */
  readonly actions: Actions
  readonly result: PolicyResult
}

/**
 * Trades the answers of a policy again, each window on an account of its own.
 * @param answers one per bar of each window, that of a window's last bar being passed over
 */
export function tradeWindows(
  market: ReplayMarket,
  windows: readonly PolicyWindow[],
  answers: Actions,
  settings: PolicySettings,
): TradedWindow[] {
  let row = 0
  const given = windows.map(({ start, end }) => {
    const from = row
    row += end - start
    // Nothing is decided at the last bar.
    return answers.subarray(from, row - 1)
  })
  const results = backtest(market, windows, given, settings)
  return windows.flatMap((window, index) => {
    const [actions, result] = [given[index], results[index]]
    if (actions === undefined || result === undefined) return []
    return [{ window, actions: actions.subarray(0, decisions(result, actions.length)), result }]
  })
}

/** One number of each answer, of `width` numbers that an answer holds. */
export function answersAt(data: Actions, width: number, index: number): Actions {
  return width === 1 ? data : data.filter((_, at) => at % width === index)
}

/** After ruin, at the first mark of zero, nothing counts. */
function decisions({ equity, isRuined }: PolicyResult, most: number): number {
  return isRuined ? Math.min(most, equity.indexOf(0)) : most
}
