/** Long enough that a timer step of 100 µs (without isolation) is 5 % of a measurement. */
const MEASURE_MS = 2
/** Sizes rise by this factor: fewer steps, and less is lost to the small sizes on the way. */
const STEP = 4
/** A size must beat the best so far by this factor to count as better; of equals the smallest is used. */
const GAIN = 1.03
/** Rising stops after this many sizes in a row without a gain: one slow size may be noise. */
const PATIENCE = 2
const MAX_ROWS = 4096
/** Input and output bytes of one batch. */
const MAX_BYTES = 64 * 1024 ** 2
/** A batch this long makes cancel and progress coarse, and a GPU driver kills a submission of 2 s. */
const MAX_BATCH_MS = 250
/** Below this for one row, sizes between 1 and 16 are not worth measuring. */
const QUICK_ROW_MS = 1

/**
 * Finds the batch size of one loaded model while it works: rising powers of two, kept while rows
 * per second rise. The first batch of every size is not measured: it pays for shader compilation
 * and allocation.
 */
export class BatchSize {
  #size: number
  #best: { size: number; rate: number } | null = null
  #isSettled: boolean
  readonly #max: number
  #isFirst = true
  #rows = 0
  #ms = 0
  #misses = 0

  /**
   * @param fixed the only size to use, or null to search
   * @param rowBytes input and output bytes of one row
   * @param limit no larger size is used, whether fixed or found
   */
  constructor(fixed: number | null, rowBytes: number, limit: number | null = null) {
    this.#size = Math.min(fixed ?? 1, limit ?? Infinity)
    this.#isSettled = fixed !== null
    const bytes = MAX_BYTES / Math.max(1, rowBytes)
    this.#max = powerOfTwoBelow(Math.min(MAX_ROWS, bytes, limit ?? Infinity))
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
    if (this.#isFirst) {
      this.#isFirst = false
      if (ms <= MAX_BATCH_MS) return
    }
    this.#rows += rows
    this.#ms += ms
    if (this.#size === 1 && ms < QUICK_ROW_MS) {
      this.#moveTo(Math.min(16, this.#max))
      return
    }
    if (this.#ms < MEASURE_MS) return
    this.#judge(ms)
  }

  #judge(lastMs: number): void {
    const rate = this.#rows / this.#ms
    if (this.#best === null || rate >= this.#best.rate * GAIN) {
      this.#best = { size: this.#size, rate }
      this.#misses = 0
    } else {
      this.#misses += 1
    }
    const next = Math.min(this.#size * STEP, this.#max)
    const mayRise = next > this.#size && lastMs * STEP <= MAX_BATCH_MS && this.#misses < PATIENCE
    if (mayRise) {
      this.#moveTo(next)
    } else {
      this.#size = this.#best.size
      this.#isSettled = true
    }
  }

  #moveTo(size: number): void {
    this.#size = size
    this.#isFirst = true
    this.#rows = 0
    this.#ms = 0
  }
}

function powerOfTwoBelow(limit: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(limit)))
}
