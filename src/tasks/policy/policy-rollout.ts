import type { PolicyResult, PolicySettings, PolicyWindow } from '../../core/policy'
import { AccountBatch } from './account-batch'
import { accountFeatureWriter, type WriteAccount } from './account-features'
import { policyResults } from './backtest'
import type { Market } from './market'

/**
 * One policy run over several windows side by side, bar by bar: the batch axis carries one row per
 * window, and every window has an account of its own. Whoever runs the model asks for the observations
 * of a bar, zeroes the recurrent state of the rows that {@link resets} names, runs the model once, and
 * gives back the actions:
 *
 *     while (!rollout.isDone) {
 *       const observations = rollout.observe()
 *       …zero states by rollout.resets, run, choose…
 *       rollout.act(actions)
 *     }
 *
 * Windows are aligned at their first bar. With a warm-up the first steps run the bars before it, with a
 * flat account and without trading; a window that begins too early for all of them joins later, with
 * its reset. Rows of windows that have not begun or have ended are zeros, and their actions are passed
 * over. Nothing that a step shows depends on a later bar: features of bar t, and an account that was
 * marked at bar t.
 */
export class PolicyRollout {
  /** Rows of the batch. */
  readonly count: number
  /** Numbers per observation: columns, then account features. */
  readonly width: number
  /** Rows whose recurrent state must be zero before the model runs: 1, else 0. Of the current step. */
  readonly resets: Uint8Array
  /** Steps in all, warm-up included: `observe` and `act` are called this often. */
  readonly steps: number

  private readonly accounts: AccountBatch
  private readonly writeAccount: WriteAccount
  private readonly observations: Float32Array
  private readonly warmups: Int32Array
  private readonly chosen: readonly Float64Array[]
  /** Bar of the current step, from the first of each window; negative during warm-up. */
  private bar: number

  /**
   * @param resetEveryBar by window: whether the recurrent state is forgotten at every bar, to show
   *   how much it matters
   */
  constructor(
    private readonly market: Market,
    private readonly windows: readonly PolicyWindow[],
    private readonly settings: PolicySettings,
    private readonly resetEveryBar: readonly boolean[] = [],
  ) {
    this.count = windows.length
    this.width = market.observationWidth + settings.accountFeatures.length
    this.accounts = new AccountBatch(market, windows, settings.actions, settings)
    this.writeAccount = accountFeatureWriter(this.accounts, settings)
    this.observations = new Float32Array(this.count * this.width)
    this.resets = new Uint8Array(this.count)
    this.warmups = Int32Array.from(windows, ({ start }) => Math.min(start, settings.warmup))
    this.chosen = windows.map(({ start, end }) => new Float64Array(Math.max(0, end - start - 1)))
    const longest = this.chosen.reduce((most, { length }) => Math.max(most, length), 0)
    const warmup = this.warmups.reduce((most, bars) => Math.max(most, bars), 0)
    this.bar = longest === 0 ? 0 : -warmup
    this.steps = longest - this.bar
    this.setResets()
  }

  /** True once no window takes an action any more. */
  get isDone(): boolean {
    return !this.chosen.some((_, w) => this.accounts.isOpen(w, Math.max(0, this.bar)))
  }

  /** Row-major windows × `width`. One buffer, overwritten by the next call. */
  observe(): Float32Array {
    const { observations: table, observationWidth: columns } = this.market
    for (let w = 0; w < this.count; w += 1) {
      const at = w * this.width
      if (!this.isRunning(w)) {
        this.observations.fill(0, at, at + this.width)
        continue
      }
      const source = ((this.windows[w]?.start ?? 0) + this.bar) * columns
      for (let i = 0; i < columns; i += 1) {
        this.observations[at + i] = table[source + i] as number
      }
      const bar = Math.max(0, this.bar)
      this.writeAccount(w, bar, this.observations, at + columns)
    }
    return this.observations
  }

  /**
   * Acts on the current bar and goes on to the next.
   * @param actions one per window: the index of an action, or a continuous target
   */
  act(actions: Float64Array): void {
    if (this.bar >= 0) {
      for (let w = 0; w < this.count; w += 1) {
        const chosen = this.chosen[w]
        if (chosen !== undefined && this.accounts.isOpen(w, this.bar)) {
          chosen[this.bar] = actions[w] as number
        }
      }
      this.accounts.step(this.bar, actions)
    }
    this.bar += 1
    this.setResets()
  }

  /** By window: the actions that counted, fewer than its bars less one after ruin. */
  actions(): readonly Float64Array[] {
    return this.chosen.map((chosen, w) => chosen.slice(0, this.accounts.result(w).decisions))
  }

  /** By window: what trading came to so far; complete once {@link isDone}. */
  results(): readonly PolicyResult[] {
    return policyResults(
      this.accounts,
      this.market.times,
      this.windows,
      this.settings.periodsPerYear,
    )
  }

  private isRunning(w: number): boolean {
    return this.bar < 0
      ? this.bar >= -(this.warmups[w] as number)
      : this.accounts.isOpen(w, this.bar)
  }

  private setResets(): void {
    for (let w = 0; w < this.count; w += 1) {
      const isFirst = this.bar <= -(this.warmups[w] as number)
      this.resets[w] = this.resetEveryBar[w] === true || isFirst ? 1 : 0
    }
  }
}
