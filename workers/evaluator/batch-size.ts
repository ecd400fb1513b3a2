/** Long enough that a timer step of 100 µs (without isolation) is 5 % of a measurement. */
const MEASURE_MS = 2
/** The best of so many measurements counts: a machine that is busy with other things only adds time. */
const ROUNDS = 3
/** Sizes rise by this factor: fewer steps, and less is lost to the small sizes on the way. */
const STEP = 4
/** A size must beat a smaller one by this factor to count as better. */
const GAIN = 1.02
const MAX_ROWS = 4096
/** Input and output bytes of one batch. */
const MAX_BYTES = 64 * 1024 ** 2
/** A batch this long makes cancel and progress coarse, and a GPU driver kills a submission of 2 s. */
const MAX_BATCH_MS = 250
/** Below this for one row the sizes after 1 are not worth measuring. */
const QUICK_ROW_MS = 1
/** What is measured first instead: as many rows as take so long, at one row's pace. */
const QUICK_BATCH_MS = 16
const QUICK_ROWS = 256

interface Measured {
  /** Rows per millisecond of the best measurement. */
  readonly rate: number
  readonly times: number
}

/**
 * Finds the batch size of one loaded model while it works: powers of four, up while rows per second
 * rise. The best size and its neighbours are measured in turn, {@link ROUNDS} times each, so that what
 * held up one measurement, or a runtime that is still compiling, decides nothing. The first batch of
 * every size is not measured: it pays for shader compilation and allocation.
 */
export class BatchSize {
  #size: number
  #isSettled: boolean
  readonly #max: number
  readonly #measured = new Map<number, Measured>()
  readonly #met = new Set<number>()
  #rows = 0
  #ms = 0

  /**
   * @param fixed the only size to use, or null to search
   * @param rowBytes input and output bytes of one row
   * @param limit no larger size is used, whether fixed or found
   */
  constructor(fixed: number | null, rowBytes: number, limit: number | null = null) {
    this.#size = Math.min(fixed ?? 1, limit ?? Infinity)
    this.#isSettled = fixed !== null
    const bytes = MAX_BYTES / Math.max(1, rowBytes)
    this.#max = powerBelow(2, Math.min(MAX_ROWS, bytes, limit ?? Infinity))
  }

  get size(): number {
    return this.#size
  }

  get isSettled(): boolean {
    return this.#isSettled
  }

  /** Tells how long a batch took. Shorter batches, at the end of a piece, say nothing and are ignored. */
  note(rows: number, ms: number): void {
    if (this.#isSettled || rows !== this.#size) return
    if (!this.#met.has(rows)) {
      this.#met.add(rows)
      if (ms <= MAX_BATCH_MS) return
    }
    if (rows === 1 && ms < QUICK_ROW_MS) {
      const quick = powerBelow(STEP, Math.min(QUICK_ROWS, QUICK_BATCH_MS / ms))
      this.#size = Math.min(quick, this.#max)
      return
    }
    this.#rows += rows
    this.#ms += ms
    if (this.#ms >= MEASURE_MS) this.#judge()
  }

  #judge(): void {
    const { rate, times } = this.#measured.get(this.#size) ?? { rate: 0, times: 0 }
    this.#measured.set(this.#size, {
      rate: Math.max(rate, this.#rows / this.#ms),
      times: times + 1,
    })
    this.#rows = 0
    this.#ms = 0
    const best = this.#best()
    const next = this.#next(best)
    this.#isSettled = next === null
    this.#size = next ?? best
  }

  /** The smallest of the sizes that are as good as the best. */
  #best(): number {
    const fastest = Math.max(...Array.from(this.#measured.values(), ({ rate }) => rate))
    const good = [...this.#measured].filter(([, { rate }]) => rate * GAIN >= fastest)
    return Math.min(...good.map(([size]) => size))
  }

  /** The size near the best that was measured least, larger ones first; null once all are known. */
  #next(best: number): number | null {
    const most = MAX_BATCH_MS * (this.#measured.get(best)?.rate ?? 0)
    // Two steps up: a single slow size is no summit.
    const larger = [best * STEP, best * STEP * STEP]
      .map((size) => Math.min(size, this.#max))
      .filter((size) => size <= most)
    const near = new Set([...larger, best / STEP, best])
    const open = [...near].filter(
      (size) => size >= 1 && Number.isInteger(size) && this.#times(size) < ROUNDS,
    )
    if (open.length === 0) return null
    return open.reduce((a, b) => (this.#times(b) < this.#times(a) ? b : a))
  }

  #times(size: number): number {
    return this.#measured.get(size)?.times ?? 0
  }
}

function powerBelow(base: number, limit: number): number {
  return base ** Math.max(0, Math.floor(Math.log(limit) / Math.log(base) + 1e-9))
}
