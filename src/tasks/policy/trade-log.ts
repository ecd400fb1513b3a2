import type { Trade } from '../../core/policy'

const FIRST_CAPACITY = 256

/** Closed trades of many windows as growing columns, so that closing one allocates nothing. */
export class TradeLog {
  private count = 0
  /** Window, side, entry bar and exit bar of each trade. */
  private whole = new Int32Array(4 * FIRST_CAPACITY)
  /** Entry price, exit price, units and profit of each trade. */
  private real = new Float64Array(4 * FIRST_CAPACITY)

  /** `side`: 1 long, −1 short. Follow with {@link addFigures}. */
  add(window: number, side: number, entryIndex: number, exitIndex: number): void {
    const at = 4 * this.count
    if (at === this.whole.length) this.grow()
    this.whole[at] = window
    this.whole[at + 1] = side
    this.whole[at + 2] = entryIndex
    this.whole[at + 3] = exitIndex
    this.count += 1
  }

  /** Money of the trade that was added last. */
  addFigures(entryPrice: number, exitPrice: number, units: number, pnl: number): void {
    const at = 4 * (this.count - 1)
    this.real[at] = entryPrice
    this.real[at + 1] = exitPrice
    this.real[at + 2] = units
    this.real[at + 3] = pnl
  }

  /** By window: its trades in the order in which they were closed. */
  byWindow(windows: number): readonly (readonly Trade[])[] {
    const lists = Array.from({ length: windows }, (): Trade[] => [])
    for (let at = 0; at < 4 * this.count; at += 4) {
      const [window = 0, side = 0, entryIndex = 0, exitIndex = 0] = this.whole.subarray(at, at + 4)
      const [entryPrice = 0, exitPrice = 0, units = 0, pnl = 0] = this.real.subarray(at, at + 4)
      lists[window]?.push({
        side: side > 0 ? 'long' : 'short',
        entryIndex,
        exitIndex,
        entryPrice,
        exitPrice,
        bars: exitIndex - entryIndex,
        units,
        pnl,
      })
    }
    return lists
  }

  private grow(): void {
    const whole = new Int32Array(2 * this.whole.length)
    const real = new Float64Array(2 * this.real.length)
    whole.set(this.whole)
    real.set(this.real)
    this.whole = whole
    this.real = real
  }
}
