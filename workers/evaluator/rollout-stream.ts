import { transfer } from 'comlink'
import type { AnswerListener } from '../../src/contract/evaluator'

/** A sign of life, and progress, at least this often. */
const BEAT_MS = 100
/** Batch times sent one by one per beat, for the percentiles; the rest are sent as one sum. */
const TIMED_BATCHES = 256

/** Tells how a rollout gets on, and sends the actions of its windows once they are complete. */
export class RolloutStream {
  #batches: { rows: number; ms: number }[] = []
  #rest = { rows: 0, ms: 0 }
  #batchSize = 1
  #sentAt = performance.now()
  #taken: Promise<void> = Promise.resolve()

  constructor(
    private readonly modelId: string,
    private readonly piece: { readonly start: number; readonly end: number },
    private readonly send: AnswerListener,
    private readonly memoryBytes: () => number,
  ) {}

  /**
   * A run has answered `rows` bars in `ms`.
   * @returns where a beat was due: settles when it was taken. Bars come too fast to wait for nothing.
   */
  note(rows: number, ms: number): Promise<void> | null {
    this.#batchSize = Math.max(this.#batchSize, rows)
    if (this.#batches.length < TIMED_BATCHES) this.#batches.push({ rows, ms })
    else this.#rest = { rows: this.#rest.rows + rows, ms: this.#rest.ms + ms }
    return performance.now() - this.#sentAt >= BEAT_MS ? this.#flush(null) : null
  }

  /** @param actions of every row of the piece; null after a failure */
  async finish(actions: Float64Array<ArrayBuffer> | null): Promise<void> {
    await this.#flush(actions)
    await this.#taken
  }

  async #flush(actions: Float64Array<ArrayBuffer> | null): Promise<void> {
    await this.#taken
    this.#sentAt = performance.now()
    const { start, end } = this.piece
    const data = actions ?? new Float64Array(0)
    const chunk = {
      modelId: this.modelId,
      start,
      end: actions === null ? start : end,
      data,
      batches: this.#rest.rows === 0 ? this.#batches : [...this.#batches, this.#rest],
      batchSize: this.#batchSize,
      memoryBytes: this.memoryBytes(),
    }
    this.#batches = []
    this.#rest = { rows: 0, ms: 0 }
    // Through Comlink the call settles when the page has taken the chunk, whatever the type says.
    this.#taken = Promise.resolve(this.send(transfer(chunk, [data.buffer])))
  }
}
