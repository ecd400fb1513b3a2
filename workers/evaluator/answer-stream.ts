import { transfer } from 'comlink'
import type * as Ort from 'onnxruntime-web'
import type { AnswerListener } from '../../src/contract/evaluator'
import type { OutputBinding } from '../../src/core/task'
import { AnswerSink } from './answer-sink'

/** A chunk is sent at the first batch that ends this long after the last: what a crash can cost. */
const CHUNK_MS = 100

/** Sends the answers of one piece on while it runs, one chunk at a time. */
export class AnswerStream {
  readonly #sink: AnswerSink
  #start: number
  #end: number
  #batches: { rows: number; ms: number }[] = []
  #sentAt = performance.now()
  #taken: Promise<void> = Promise.resolve()
  #sending: Promise<void> = Promise.resolve()
  /** For a batch that does not come back: what was answered before it is sent on all the same. */
  readonly #timer = setInterval(() => {
    const isWaiting = this.#start < this.#end && this.isDue(performance.now())
    if (isWaiting) this.flush().catch(() => undefined)
  }, CHUNK_MS)

  constructor(
    private readonly modelId: string,
    output: OutputBinding,
    piece: { readonly start: number; readonly end: number },
    private readonly send: AnswerListener,
    private readonly state: () => { readonly batchSize: number; readonly memoryBytes: number },
  ) {
    this.#sink = new AnswerSink(output, piece.end - piece.start)
    this.#start = piece.start
    this.#end = piece.start
  }

  /** First row that is not answered yet. */
  get end(): number {
    return this.#end
  }

  /**
   * @param tensors one per output that is read
   * @param size rows that the model was given, padding included
   * @param rows rows that count
   * @returns what is wrong with the output, in words, or null
   */
  add(tensors: readonly Ort.Tensor[], size: number, rows: number, ms: number): string | null {
    const problem = this.#sink.add(tensors, size, rows)
    if (problem !== null) return problem
    this.#end += rows
    this.#batches.push({ rows, ms })
    return null
  }

  isDue(now: number): boolean {
    return now - this.#sentAt >= CHUNK_MS
  }

  /** Sends what has gathered, once the chunk before was taken. */
  flush(): Promise<void> {
    this.#sending = this.#sending.then(() => this.#send())
    return this.#sending
  }

  /** Sends the rest and waits until it was taken. */
  async finish(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
    await this.#taken
  }

  async #send(): Promise<void> {
    await this.#taken
    this.#sentAt = performance.now()
    const data = this.#sink.take()
    const chunk = {
      modelId: this.modelId,
      start: this.#start,
      end: this.#end,
      data,
      batches: this.#batches,
      ...this.state(),
    }
    this.#start = this.#end
    this.#batches = []
    // Through Comlink the call settles when the page has taken the chunk, whatever the type says.
    this.#taken = Promise.resolve(
      this.send(ArrayBuffer.isView(data) ? transfer(chunk, [data.buffer]) : chunk),
    )
  }
}
