import type { AccountRules, ActionMeaning, PolicyWindow } from '../../core/policy'
import { actionCodes, BUY, CLOSE, FLAT, LONG, SELL, SHORT } from './action-codes'
import type { Prices } from './market'
import { TradeLog } from './trade-log'

/** What the accounts of one window came to. */
export interface AccountResult {
  /** One mark per bar of the window. */
  readonly equity: Float64Array
  readonly exposedMarks: number
  readonly isRuined: boolean
  /** Actions that counted: all but the last bar's, fewer after ruin. */
  readonly decisions: number
}

/**
 * The accounts of several windows, traded side by side one bar at a time. Prices and accounts are
 * float64; a step allocates nothing.
 *
 * A fill at price f takes the equity E = cash + units · f to `direction · size · E / f` units, at a cost
 * of (units closed + units opened) · (f · fee + spread ÷ 2). An order of bar t is filled at `open[t + 1]`
 * or at `close[t]`; the mark after it is `cash + units · close[t + 1]`. At a window's last bar an open
 * position is closed at the close before the mark. Equity at or below zero, at a mark or at a fill, ends
 * a window: the position is closed there, and this mark and all later ones are 0.
 *
 * A target that keeps the side of a position trades the difference alone. The entry price is then the
 * average of the units held, and a trade's prices are averages over all units opened and closed.
 */
export class AccountBatch {
  readonly count: number
  private readonly starts: Int32Array
  /** Last bar of each window, counted from its start. */
  private readonly lastBars: Int32Array
  /** Where each window's marks begin in `equity`; one entry more than windows. */
  private readonly offsets: Int32Array
  private readonly equity: Float64Array
  private readonly cash: Float64Array
  private readonly units: Float64Array
  /** Average price of the units held. */
  private readonly entryPrices: Float64Array
  private readonly lastTargets: Float64Array
  private readonly exposed: Int32Array
  private readonly decisions: Int32Array
  private readonly ruined: Uint8Array
  /** The position that is open, from its first fill on. */
  private readonly entryBars: Int32Array
  private readonly openedUnits: Float64Array
  private readonly openedPrices: Float64Array
  private readonly closedUnits: Float64Array
  private readonly closedPrices: Float64Array
  private readonly costs: Float64Array
  private readonly log = new TradeLog()

  private readonly close: Float64Array
  private readonly spread: Float64Array
  private readonly fillPrices: Float64Array
  /** Bars from an order to its fill. */
  private readonly fillDelay: 0 | 1
  private readonly codes: Uint8Array | null
  private readonly fee: number
  private readonly size: number

  /**
   * @param windows within the rows of `prices`, each of one bar or more
   * @param actions what action i does
   * @throws RangeError where fills are at the next open and there is none
   */
  constructor(
    prices: Prices,
    windows: readonly PolicyWindow[],
    actions: readonly ActionMeaning[],
    rules: AccountRules,
  ) {
    this.close = prices.close
    this.spread = prices.spread
    const fillPrices = rules.fill === 'next-open' ? prices.open : prices.close
    if (fillPrices === null) throw new RangeError('fills at the next open need a column of opens')
    this.fillPrices = fillPrices
    this.fillDelay = rules.fill === 'next-open' ? 1 : 0
    this.codes = actionCodes(actions)
    this.fee = rules.fee
    this.size = rules.size

    const count = windows.length
    this.count = count
    this.starts = Int32Array.from(windows, ({ start }) => start)
    this.lastBars = Int32Array.from(windows, ({ start, end }) => end - start - 1)
    this.offsets = new Int32Array(count + 1)
    for (let w = 0; w < count; w += 1) {
      this.offsets[w + 1] = (this.offsets[w] as number) + (this.lastBars[w] as number) + 1
    }
    this.equity = new Float64Array(this.offsets[count] as number)
    this.cash = new Float64Array(count).fill(rules.initialBalance)
    for (let w = 0; w < count; w += 1) this.equity[this.offsets[w] as number] = rules.initialBalance
    this.units = new Float64Array(count)
    this.entryPrices = new Float64Array(count)
    this.lastTargets = new Float64Array(count)
    this.exposed = new Int32Array(count)
    this.decisions = new Int32Array(count)
    this.ruined = new Uint8Array(count)
    this.entryBars = new Int32Array(count)
    this.openedUnits = new Float64Array(count)
    this.openedPrices = new Float64Array(count)
    this.closedUnits = new Float64Array(count)
    this.closedPrices = new Float64Array(count)
    this.costs = new Float64Array(count)
  }

  /** Whether window `w` still takes an action at its bar `t`. */
  isOpen(w: number, t: number): boolean {
    return t < (this.lastBars[w] as number) && this.ruined[w] === 0
  }

  /**
   * Acts on what the policy chose at the close of bar `t` and marks bar `t + 1`. Call once for each t
   * from 0 on; windows that have ended are passed over.
   * @param actions one per window: the index of an action, or a continuous target
   */
  step(t: number, actions: Float64Array): void {
    for (let w = 0; w < this.count; w += 1) {
      if (this.isOpen(w, t)) this.stepWindow(w, t, actions[w] as number)
    }
  }

  /** {@link step} for one window, which is open: windows need not be at the same bar. */
  stepWindow(w: number, t: number, action: number): void {
    this.decisions[w] = t + 1
    const direction = this.directionOf(w, action)
    if (!Number.isNaN(direction)) this.order(w, t + this.fillDelay, direction)
    if (this.ruined[w] === 0) this.mark(w, t + 1)
  }

  /** −1 short, 0 flat, 1 long. */
  side(w: number): number {
    return Math.sign(this.units[w] as number) || 0
  }

  /**
   * units · (close − entry price) ÷ (cash + units · entry price) at bar `t`, within −1 and 1; 0 when
   * flat.
   */
  unrealized(w: number, t: number): number {
    const units = this.units[w] as number
    if (units === 0) return 0
    const entry = this.entryPrices[w] as number
    const gain = units * ((this.close[(this.starts[w] as number) + t] as number) - entry)
    const share = gain / ((this.cash[w] as number) + units * entry)
    return Number.isNaN(share) ? 0 : Math.min(1, Math.max(-1, share))
  }

  /** Equity at the last mark of bar `t`. */
  equityAt(w: number, t: number): number {
    return this.equity[(this.offsets[w] as number) + t] as number
  }

  result(w: number): AccountResult {
    return {
      equity: this.equity.slice(this.offsets[w], this.offsets[w + 1]),
      exposedMarks: this.exposed[w] as number,
      isRuined: this.ruined[w] === 1,
      decisions: this.decisions[w] as number,
    }
  }

  trades(): ReturnType<TradeLog['byWindow']> {
    return this.log.byWindow(this.count)
  }

  /** Share of equity that is asked for, −1 to 1; NaN where nothing is to change. */
  private directionOf(w: number, action: number): number {
    if (this.codes === null) {
      const target = Math.min(1, Math.max(-1, action))
      if (target === this.lastTargets[w]) return NaN
      this.lastTargets[w] = target
      return target
    }
    const units = this.units[w] as number
    switch (this.codes[action]) {
      case BUY:
        return units === 0 ? 1 : NaN
      case SELL:
        return units === 0 ? -1 : NaN
      case CLOSE:
      case FLAT:
        return units === 0 ? NaN : 0
      case LONG:
        return units > 0 ? NaN : 1
      case SHORT:
        return units < 0 ? NaN : -1
      default:
        return NaN
    }
  }

  private order(w: number, bar: number, direction: number): void {
    const price = this.fillPrices[(this.starts[w] as number) + bar] as number
    const worth = (this.cash[w] as number) + (this.units[w] as number) * price
    if (worth > 0) {
      this.fill(w, bar, price, (direction * this.size * worth) / price)
    } else {
      this.fill(w, bar, price, 0)
      this.ruined[w] = 1
    }
  }

  private mark(w: number, bar: number): void {
    const price = this.close[(this.starts[w] as number) + bar] as number
    if (this.units[w] !== 0) {
      this.exposed[w] = (this.exposed[w] as number) + 1
      if (bar === this.lastBars[w]) this.fill(w, bar, price, 0)
    }
    const worth = (this.cash[w] as number) + (this.units[w] as number) * price
    if (worth > 0) {
      this.equity[(this.offsets[w] as number) + bar] = worth
    } else {
      if (this.units[w] !== 0) this.fill(w, bar, price, 0)
      this.ruined[w] = 1
    }
  }

  private fill(w: number, bar: number, price: number, next: number): void {
    const held = this.units[w] as number
    if (next === held) return
    const isSameSide = (held > 0 && next > 0) || (held < 0 && next < 0)
    const change = Math.abs(next) - Math.abs(held)
    const opened = isSameSide ? Math.max(0, change) : Math.abs(next)
    const closed = isSameSide ? Math.max(0, -change) : Math.abs(held)
    const unitCost =
      price * this.fee + (this.spread[(this.starts[w] as number) + bar] as number) / 2
    this.cash[w] = (this.cash[w] as number) - ((next - held) * price + (opened + closed) * unitCost)
    this.units[w] = next
    if (closed > 0) this.closeUnits(w, price, closed, unitCost)
    if (!isSameSide && held !== 0) this.endTrade(w, bar, held)
    if (opened > 0) this.openUnits(w, bar, price, opened, isSameSide)
    if (opened > 0) this.costs[w] = (this.costs[w] as number) + opened * unitCost
  }

  private openUnits(w: number, bar: number, price: number, opened: number, isAdded: boolean): void {
    if (!isAdded) {
      this.entryBars[w] = bar
      this.entryPrices[w] = price
      this.openedUnits[w] = opened
      this.openedPrices[w] = price
      this.closedUnits[w] = 0
      this.closedPrices[w] = 0
      this.costs[w] = 0
      return
    }
    const held = Math.abs(this.units[w] as number)
    this.entryPrices[w] = moveAverage(this.entryPrices[w] as number, price, opened / held)
    const total = (this.openedUnits[w] as number) + opened
    this.openedUnits[w] = total
    this.openedPrices[w] = moveAverage(this.openedPrices[w] as number, price, opened / total)
  }

  private closeUnits(w: number, price: number, closed: number, unitCost: number): void {
    const total = (this.closedUnits[w] as number) + closed
    this.closedUnits[w] = total
    this.closedPrices[w] = moveAverage(this.closedPrices[w] as number, price, closed / total)
    this.costs[w] = (this.costs[w] as number) + closed * unitCost
  }

  /** Profit: units · (exit − entry), turned for a short position, less the costs of both. */
  private endTrade(w: number, bar: number, held: number): void {
    const side = held > 0 ? 1 : -1
    const entry = this.openedPrices[w] as number
    const exit = this.closedPrices[w] as number
    const units = this.openedUnits[w] as number
    this.log.add(w, side, this.entryBars[w] as number, bar)
    this.log.addFigures(
      entry,
      exit,
      units,
      side * units * (exit - entry) - (this.costs[w] as number),
    )
  }
}

/** An average after a price with this share of the new weight; exact where the share is 1. */
function moveAverage(average: number, price: number, share: number): number {
  return share === 1 ? price : average + (price - average) * share
}
