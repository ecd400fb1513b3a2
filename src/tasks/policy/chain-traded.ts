import type { PolicyWindow, Trade } from '../../core/policy'
import { chainWindows } from './chain-windows'
import type { TradedWindow } from './trade-windows'

/**
 * Windows that were traded one after another, each by a checkpoint of its own, as one: each begins with
 * what the one before ended with. Nothing is held from one to the next. After ruin nothing follows.
 * @param whole the rows of all `windows`, which follow one another without a gap
 */
export function chainTraded(whole: PolicyWindow, windows: readonly TradedWindow[]): TradedWindow {
  const results = windows.map(({ result }) => result)
  const { equity, starts } = chainWindows(
    windows.map(({ window }) => window),
    results,
  )
  const trades: Trade[] = []
  let exposedMarks = 0
  let periodsPerYear = 1
  for (const [index, { result, window }] of windows.entries()) {
    periodsPerYear = result.periodsPerYear
    const start = starts[index] ?? 0
    const balance = equity[start] ?? 0
    if (!(balance > 0)) break
    const scale = balance / (result.equity[0] ?? balance)
    exposedMarks += result.exposedMarks
    for (const trade of result.trades) {
      trades.push(moved(trade, window.start - whole.start, scale))
    }
  }
  const times = results.every((result) => result.times !== null)
    ? Float64Array.from(results.flatMap((result) => [...(result.times ?? [])]))
    : null
  const isRuined = results.some((result) => result.isRuined)
  return {
    window: whole,
    actions: Float64Array.from(windows.flatMap(({ actions }) => [...actions])),
    result: { equity, trades, exposedMarks, isRuined, periodsPerYear, times },
  }
}

/** As traded with `scale` times the balance, counted from an earlier bar. */
function moved(trade: Trade, bars: number, scale: number): Trade {
  return {
    ...trade,
    entryIndex: trade.entryIndex + bars,
    exitIndex: trade.exitIndex + bars,
    units: trade.units * scale,
    pnl: trade.pnl * scale,
  }
}
