import type { EquityCurve } from '../../core/report'
import { drawdownSeries } from './drawdown-series'

const MOST_MARKS = 2000

/**
 * A curve for drawing, of at most 2 000 of its own marks: the first, the last, and the lowest and highest
 * of each of equal stretches in between, so that no peak and no trough is lost.
 * @param start row of the table of the first mark
 * @param times of each mark, milliseconds since 1970; null without a time column
 */
export function equityCurve(
  equity: Float64Array,
  start: number,
  times: Float64Array | null,
): EquityCurve {
  const drawdown = drawdownSeries(equity)
  const kept = equity.length <= MOST_MARKS ? Array.from(equity.keys()) : extremes(equity)
  return {
    rows: kept.map((mark) => start + mark),
    times: times === null ? null : kept.map((mark) => times[mark] as number),
    equity: kept.map((mark) => equity[mark] as number),
    drawdown: kept.map((mark) => drawdown[mark] as number),
  }
}

function extremes(equity: Float64Array): readonly number[] {
  const last = equity.length - 1
  const stretches = MOST_MARKS / 2 - 1
  const kept = new Set([0])
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = 1 + Math.floor(((last - 1) * stretch) / stretches)
    const to = 1 + Math.floor(((last - 1) * (stretch + 1)) / stretches)
    let [lowest, highest] = [from, from]
    for (let mark = from; mark < to; mark += 1) {
      const value = equity[mark] as number
      if (value < (equity[lowest] as number)) lowest = mark
      if (value > (equity[highest] as number)) highest = mark
    }
    kept.add(Math.min(lowest, highest)).add(Math.max(lowest, highest))
  }
  return [...kept.add(last)]
}
