import type { PolicySettings, PolicyWindow } from '../../core/policy'
import { AccountBatch } from './account-batch'
import { accountFeatureWriter, type WriteAccount } from './account-features'
import type { Market } from './market'

/**
 * A policy that reads its account, run over many bars of each window at once: the bars ahead are shown
 * the account as it will be if no order changes it. An answer counts only where the bar and all bars
 * that its state came from were shown the account as it was, to the bit; from the first other bar on,
 * bars are shown again. Whoever runs the model asks for the observations of so many bars, runs them
 * from the states before each window's first bar, and gives back the actions:
 *
 *     while (!ahead.isDone) {
 *       const observations = ahead.observe(bars)
 *       …run, choose…
 *       ahead.act(actions)
 *       …keep the new states of the rows that ahead.moved names, put back those of the others…
 *     }
 *
 * Windows go on alone: one may be bars ahead of another.
 */
export class PolicyRunAhead {
  /** Windows side by side. */
  readonly count: number
  /** Numbers per observation: columns, then account features. */
  readonly width: number
  /** Windows, by 1, whose bars of the last run were all shown right: they go on from its states. */
  readonly moved: Uint8Array
  /** Row of the last run whose answer counted and was no action, or null. */
  badRow: number | null = null
  /** A bar that was run again was answered differently: its graph looks at bars to come. */
  isContradicted = false

  private readonly accounts: AccountBatch
  private readonly writeAccount: WriteAccount
  /** First bar of the next run, before which the state is known; negative in a warm-up. */
  private readonly bases: Int32Array
  /** First bar that is not answered yet. */
  private readonly fronts: Int32Array
  private readonly chosen: readonly Float64Array[]
  /** Account features of the bars up to the front, as they were. */
  private readonly shown: readonly Float32Array[]
  private readonly features: number
  /** Answers after which another bar of the run followed, and those after which it was shown wrong. */
  private followed = 0
  private broken = 0
  private observations = new Float32Array(0)
  private bars = 0

  /**
   * @param hasState without one, bars that were answered are not run again, and none are warmed up with
   * @param isBarMajor rows go bar by bar, with all windows of each; or else window by window
   */
  constructor(
    private readonly market: Market,
    private readonly windows: readonly PolicyWindow[],
    settings: PolicySettings,
    private readonly hasState: boolean,
    private readonly isBarMajor: boolean,
  ) {
    this.count = windows.length
    this.features = settings.accountFeatures.length
    this.width = market.observationWidth + this.features
    this.accounts = new AccountBatch(market, windows, settings.actions, settings)
    this.writeAccount = accountFeatureWriter(this.accounts, settings)
    this.moved = new Uint8Array(this.count)
    const warmup = hasState ? settings.warmup : 0
    this.fronts = Int32Array.from(windows, ({ start }) => -Math.min(start, warmup))
    this.bases = this.fronts.slice()
    this.chosen = windows.map(({ start, end }) => new Float64Array(Math.max(0, end - start - 1)))
    this.shown = this.chosen.map(({ length }) => new Float32Array((length + 1) * this.features))
  }

  /** True once no window takes an action any more. */
  get isDone(): boolean {
    for (let w = 0; w < this.count; w += 1) if (this.isOpen(w)) return false
    return true
  }

  /** The next `bars` bars of every window, zeros beyond its end. One buffer, used again. */
  observe(bars: number): Float32Array {
    const size = this.count * bars * this.width
    if (this.observations.length !== size) this.observations = new Float32Array(size)
    this.bars = bars
    for (let w = 0; w < this.count; w += 1) {
      const last = this.isOpen(w) ? (this.chosen[w]?.length ?? 0) : -Infinity
      for (let t = 0; t < bars; t += 1) {
        const at = this.rowOf(w, t) * this.width
        const bar = (this.bases[w] as number) + t
        if (bar < last) this.show(w, bar, at)
        else this.observations.fill(0, at, at + this.width)
      }
    }
    return this.observations
  }

  /**
   * Acts on the answers that count.
   * @param actions one per row of the run; NaN for an answer that is none
   * @returns bars of all windows that were answered
   */
  act(actions: Float64Array): number {
    this.badRow = null
    let answered = 0
    for (let w = 0; w < this.count; w += 1) {
      this.moved[w] = 1
      if (!this.isOpen(w)) continue
      const base = this.bases[w] as number
      const before = this.fronts[w] as number
      for (let bar = Math.max(0, base); bar < Math.min(before, base + this.bars); bar += 1) {
        if (actions[this.rowOf(w, bar - base)] !== this.chosen[w]?.[bar]) this.isContradicted = true
      }
      const front = this.advance(w, before, base + this.bars, actions)
      answered += Math.max(0, front) - Math.max(0, before)
      this.fronts[w] = front
      // What is known of a shorter run than the last may reach beyond it.
      const isRight = front >= base + this.bars
      this.moved[w] = isRight ? 1 : 0
      if (!this.hasState) this.bases[w] = front
      else if (isRight) this.bases[w] = base + this.bars
    }
    return answered
  }

  /** Bars of a window that a run of `bars` is expected to answer, from how often orders came so far. */
  expectedBars(bars: number): number {
    const breaks = this.followed === 0 ? 0 : this.broken / this.followed
    if (this.hasState) return bars / (1 + breaks * (bars - 1))
    return breaks === 0 ? bars : (1 - (1 - breaks) ** bars) / breaks
  }

  /** By window: the actions that counted, fewer than its bars less one after ruin. */
  actions(): readonly Float64Array[] {
    return this.chosen.map((chosen, w) => chosen.slice(0, this.accounts.result(w).decisions))
  }

  private isOpen(w: number): boolean {
    return this.accounts.isOpen(w, Math.max(0, this.fronts[w] as number))
  }

  private rowOf(w: number, t: number): number {
    return this.isBarMajor ? t * this.count + w : w * this.bars + t
  }

  private show(w: number, bar: number, at: number): void {
    const { observations: table, observationWidth: columns } = this.market
    const source = ((this.windows[w]?.start ?? 0) + bar) * columns
    for (let i = 0; i < columns; i += 1) this.observations[at + i] = table[source + i] as number
    const front = this.fronts[w] as number
    if (bar < front || bar < 0) {
      for (let i = 0; i < this.features; i += 1) {
        this.observations[at + columns + i] =
          bar < 0 ? 0 : (this.shown[w]?.[bar * this.features + i] as number)
      }
    } else {
      this.writeAccount(w, bar, this.observations, at + columns)
    }
  }

  /** Takes the answers of window `w` from `front` on, as far as they were asked rightly. */
  private advance(w: number, front: number, end: number, actions: Float64Array): number {
    let bar = front
    while (bar < end && (bar < 0 || this.accounts.isOpen(w, bar))) {
      const row = this.rowOf(w, bar - (this.bases[w] as number))
      if (bar >= 0) {
        const isRight = this.wasShown(w, bar, row)
        if (bar > front) this.followed += 1
        if (bar > front && !isRight) this.broken += 1
        if (!isRight) break
        const action = actions[row] as number
        if (Number.isNaN(action)) {
          this.badRow = row
          break
        }
        ;(this.chosen[w] as Float64Array)[bar] = action
        this.accounts.stepWindow(w, bar, action)
      }
      bar += 1
    }
    return bar
  }

  /** Notes what the account shows at `bar`, which it has come to, and holds it against the run's row. */
  private wasShown(w: number, bar: number, row: number): boolean {
    const shown = this.shown[w] as Float32Array
    const at = bar * this.features
    this.writeAccount(w, bar, shown, at)
    const column = row * this.width + this.market.observationWidth
    for (let i = 0; i < this.features; i += 1) {
      if (!Object.is(shown[at + i], this.observations[column + i])) return false
    }
    return true
  }
}
