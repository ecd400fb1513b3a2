import type { MarketColumns } from '../../core/policy'
import type { InputLayout } from '../../core/task'
import type { PreparedTask, TaskBlock } from '../prepared-task'
import type { Market } from './market'

/** Layouts of a market, by their index. */
export const OBSERVATION_LAYOUT = 0
export const PRICE_LAYOUT = 1

/** Observations and prices (open or NaN, close, spread) of every bar, for the rollout to read. */
export function marketLayouts({ observations, open, close, spread }: MarketColumns): InputLayout[] {
  const prices = [open, close, spread]
  return [
    {
      key: `observations float32 ${JSON.stringify(observations)}`,
      columns: observations,
      type: 'float32',
    },
    {
      key: `prices float64 ${JSON.stringify(prices)}`,
      columns: prices.filter((name) => name !== null),
      type: 'float64',
    },
  ]
}

/** Gives whole tables, whatever rows are asked for: an account depends on every bar before it. */
export function marketBlocks(market: Market): PreparedTask['block'] {
  const shared = new Map<number, TaskBlock['data']>()
  return (layout, _start, _end, isShared) => {
    const table =
      layout === OBSERVATION_LAYOUT
        ? market.observations
        : layout === PRICE_LAYOUT
          ? priceTable(market)
          : null
    if (table === null) return null
    const data = isShared ? (shared.get(layout) ?? shareOf(table)) : table.slice()
    if (isShared) shared.set(layout, data)
    return { start: 0, rows: market.rows, data }
  }
}

function priceTable({ rows, open, close, spread }: Market): Float64Array {
  const table = new Float64Array(rows * 3)
  for (let row = 0; row < rows; row += 1) {
    table[row * 3] = open?.[row] ?? NaN
    table[row * 3 + 1] = close[row] as number
    table[row * 3 + 2] = spread[row] as number
  }
  return table
}

function shareOf(table: Float32Array | Float64Array): Float32Array | Float64Array {
  const buffer = new SharedArrayBuffer(table.byteLength)
  const copy = table instanceof Float32Array ? new Float32Array(buffer) : new Float64Array(buffer)
  copy.set(table)
  return copy
}
