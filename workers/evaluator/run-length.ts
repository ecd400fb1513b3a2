/** Of so many runs in turn, one is longer and one is shorter than the best: they are always compared. */
const TURN = 8
/** The median of so many runs: a run that the machine held up says nothing. */
const KEPT = 7
const FIRST = 8

/**
 * Finds while working how many bars ahead are run at once: more bars share the cost of a call, and more
 * of them are run in vain. Lengths are powers of two. What a length costs is measured in turns with its
 * neighbours, so that a runtime that is still compiling does not favour what came last; what it gives
 * is told by the caller.
 */
export class RunLength {
  #best: number
  #turn = 0
  readonly #times = new Map<number, number[]>()

  /** @param answeredBars bars that a run of so many is expected to answer */
  constructor(
    private readonly most: number,
    private readonly answeredBars: (bars: number) => number,
  ) {
    this.#best = Math.min(FIRST, 2 ** Math.floor(Math.log2(most)))
  }

  /** Bars of the next run. */
  get bars(): number {
    const probe = { [TURN - 2]: this.#best * 2, [TURN - 1]: this.#best / 2 }[this.#turn]
    return probe !== undefined && probe >= 1 && probe <= this.most ? probe : this.#best
  }

  /** How long the run of {@link bars} took. */
  note(ms: number): void {
    const { bars } = this
    const times = this.#times.get(bars) ?? []
    this.#times.set(bars, times)
    times.push(ms)
    if (times.length > KEPT) times.shift()
    this.#turn = (this.#turn + 1) % TURN
    if (this.#turn === 0) this.#best = this.#fastest()
  }

  #fastest(): number {
    const near = [this.#best, this.#best * 2, this.#best / 2].filter((bars) =>
      this.#times.has(bars),
    )
    const rate = (bars: number) => this.answeredBars(bars) / medianOf(this.#times.get(bars) ?? [])
    return near.reduce((a, b) => (rate(b) > rate(a) ? b : a))
  }
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Infinity
}
