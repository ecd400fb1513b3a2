import { proxy } from 'comlink'
import type {
  AnswerChunk,
  EvaluatorApi,
  Loaded,
  LoadRequest,
  PieceRequest,
} from '../contract/evaluator'
import { success, type Outcome } from '../core/failure'
import { spawnEvaluator } from './spawn'
import { SupervisedWorker } from './supervised-worker'

/** Start of the runtime and of a session. */
const LOAD_MS = 60_000
/** Large files take longer: at least this many bytes per millisecond are expected. */
const LOAD_BYTES_PER_MS = 10_000
/** Shader compilation took up to 20 s on a software adapter. */
const FIRST_BATCH_MS = 120_000
/** Later batches: this many times the longest so far, and never less than the floor. */
const BATCH_FACTOR = 20
const BATCH_FLOOR_MS = 10_000

/**
 * One evaluator worker with the device it owns, under supervision. A worker whose runtime raised an
 * error may hang at the next call, so after any failure it is replaced before the next load.
 */
export class Lane {
  #worker: SupervisedWorker<EvaluatorApi> | null = null
  #loaded: string | null = null
  #isClosed = false
  #hasAnswered = false
  #longestBatchMs = 0

  constructor(
    readonly index: number,
    /** @param isFirst the chunk opens with the warm-up batch of a load */
    private readonly onAnswers: (chunk: AnswerChunk, isFirst: boolean) => void,
  ) {}

  /** Id of the model that is loaded, or null. */
  get loaded(): string | null {
    return this.#loaded
  }

  async load(request: LoadRequest): Promise<Outcome<Loaded>> {
    if (this.#isClosed) return CLOSED
    this.#loaded = null
    this.#hasAnswered = false
    this.#longestBatchMs = 0
    const worker = await this.#start(request.name)
    if (!worker.ok) return this.#discard(worker)
    const deadline = LOAD_MS + request.file.size / LOAD_BYTES_PER_MS
    const outcome = await worker.value.call(`Loading ${request.name}`, deadline, (api) =>
      api.load(request),
    )
    if (!outcome.ok) return this.#discard(outcome)
    this.#loaded = request.modelId
    return outcome
  }

  /** @returns the row reached; the answers have gone to `onAnswers`. */
  async evaluate(name: string, request: PieceRequest): Promise<Outcome<number>> {
    const worker = this.#worker
    if (this.#isClosed || worker === null) return CLOSED
    const outcome = await worker.call(
      name,
      () => this.#deadlineMs(),
      (api) => api.evaluate(request),
    )
    return outcome.ok ? outcome : this.#discard(outcome)
  }

  close(): void {
    this.#isClosed = true
    this.#loaded = null
    this.#worker?.close()
  }

  async #start(name: string): Promise<Outcome<SupervisedWorker<EvaluatorApi>>> {
    if (this.#worker !== null) return success(this.#worker)
    const worker = new SupervisedWorker<EvaluatorApi>(spawnEvaluator, 'The evaluator')
    this.#worker = worker
    const onAnswers = proxy((chunk: AnswerChunk) => {
      worker.touch()
      const isFirst = !this.#hasAnswered
      this.#hasAnswered = true
      for (const { ms } of chunk.batches) this.#longestBatchMs = Math.max(this.#longestBatchMs, ms)
      if (worker.end === null) this.onAnswers(chunk, isFirst)
    })
    const connected = await worker.call(`Starting the worker for ${name}`, LOAD_MS, async (api) => {
      await api.connect(onAnswers)
      return success(null)
    })
    return connected.ok ? success(worker) : connected
  }

  #deadlineMs(): number {
    if (!this.#hasAnswered) return FIRST_BATCH_MS
    return Math.max(BATCH_FLOOR_MS, BATCH_FACTOR * this.#longestBatchMs)
  }

  #discard<T extends Outcome<never>>(outcome: T): T {
    this.#loaded = null
    this.#worker?.close()
    this.#worker = null
    return outcome
  }
}

const CLOSED: Outcome<never> = {
  ok: false,
  failure: {
    code: 'cancelled',
    message: 'The run was stopped.',
    advice: 'Compare again when you are ready.',
  },
}
