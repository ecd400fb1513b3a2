import { proxy } from 'comlink'
import type {
  AnswerChunk,
  EvaluatorApi,
  EvaluatorPhase,
  Loaded,
  LoadRequest,
  PieceRequest,
} from '../contract/evaluator'
import { loadedBytes } from '../core/loaded-bytes'
import { success, type Outcome } from '../core/failure'
import { SESSION_BYTES_PER_MS, type Deadlines } from './deadlines'
import { spawnEvaluator } from './spawn'
import { SupervisedWorker } from './supervised-worker'

/** @param isFirst the chunk opens with the warm-up batch of a load */
export type LaneListener = (chunk: AnswerChunk, isFirst: boolean) => Promise<void>

/** What is loaded: equal tags need no load. A model that moves down the ladder gets a new tag. */
export interface LoadTag {
  readonly modelId: string
  /** Of a model with a file per window: which one. */
  readonly checkpoint?: number
  readonly generation: number
}

/**
 * One evaluator worker with the device it owns, under supervision. A worker whose runtime raised an
 * error may hang at the next call, so after any failure it is replaced before the next load.
 */
export class Lane {
  #worker: SupervisedWorker<EvaluatorApi> | null = null
  #wasmThreads: number | null = null
  #loaded: LoadTag | null = null
  /** Id of the model that is being loaded, or was last. */
  #loading = ''
  #attempted = 0
  #isClosed = false
  #hasAnswered = false
  #longestBatchMs = 0
  #phase: EvaluatorPhase = 'runtime'
  #reached = 0
  #openedAt = 0
  #listener: LaneListener = () => Promise.resolve()

  constructor(
    readonly index: number,
    private readonly deadlines: Deadlines,
    private readonly onPhase: (modelId: string, phase: EvaluatorPhase) => void,
  ) {}

  get loaded(): LoadTag | null {
    return this.#loaded
  }

  holds({ modelId, checkpoint, generation }: LoadTag): boolean {
    const loaded = this.#loaded
    return (
      loaded?.modelId === modelId &&
      loaded.checkpoint === checkpoint &&
      loaded.generation === generation
    )
  }

  /** Generation of the last load that was tried. */
  get attempted(): number {
    return this.#attempted
  }

  /** First row of the current piece whose answer has not arrived. */
  get reached(): number {
    return this.#reached
  }

  /** When the worker was started: a device loss before that is another device's. */
  get openedAt(): number {
    return this.#openedAt
  }

  async load(request: LoadRequest, tag: LoadTag): Promise<Outcome<Loaded>> {
    if (this.#isClosed) return CLOSED
    this.#loaded = null
    this.#attempted = tag.generation
    this.#loading = request.modelId
    this.#hasAnswered = false
    this.#longestBatchMs = 0
    this.#phase = 'runtime'
    this.#renewForThreads(request)
    const worker = await this.#start(request)
    if (!worker.ok) return this.#discard(worker)
    const sessionMs = this.deadlines.sessionMs + loadedBytes(request) / SESSION_BYTES_PER_MS
    const outcome = await worker.value.call(
      `Loading ${request.name}`,
      () => (this.#phase === 'runtime' ? this.deadlines.runtimeMs : sessionMs),
      (api) => api.load(request),
    )
    if (!outcome.ok) return this.#discard(outcome)
    this.#loaded = tag
    return outcome
  }

  /** @returns the row reached; every answer has gone through `listener` by then. */
  async evaluate(
    name: string,
    request: PieceRequest,
    listener: LaneListener,
  ): Promise<Outcome<number>> {
    const worker = this.#worker
    this.#reached = request.start
    if (this.#isClosed || worker === null) return CLOSED
    this.#listener = listener
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

  /** A runtime reads its thread count once: another count needs another worker. */
  #renewForThreads({ backend, threads }: LoadRequest): void {
    if (backend !== 'wasm') return
    if (this.#wasmThreads !== null && this.#wasmThreads !== threads) this.#drop()
    this.#wasmThreads = threads
  }

  async #start({ name }: LoadRequest): Promise<Outcome<SupervisedWorker<EvaluatorApi>>> {
    if (this.#worker !== null && this.#worker.end === null) return success(this.#worker)
    const worker = new SupervisedWorker<EvaluatorApi>(spawnEvaluator, 'The evaluator')
    this.#worker = worker
    this.#openedAt = performance.now()
    const onAnswers = proxy((chunk: AnswerChunk) => this.#take(worker, chunk))
    const onPhase = proxy((phase: EvaluatorPhase) => {
      worker.touch()
      this.#phase = phase
      if (worker.end === null) this.onPhase(this.#loading, phase)
    })
    const starting = `Starting the worker for ${name}`
    const connected = await worker.call(starting, this.deadlines.runtimeMs, async (api) => {
      await api.connect(onAnswers, onPhase)
      return success(null)
    })
    return connected.ok ? success(worker) : connected
  }

  /** The worker sends its next chunk only once this has settled. */
  #take(worker: SupervisedWorker<EvaluatorApi>, answered: AnswerChunk): Promise<void> {
    worker.touch()
    if (worker.end !== null) return Promise.resolve()
    const batches = answered.batches.filter(({ ms }) => !worker.sleptDuring(ms))
    const chunk = { ...answered, batches }
    // Where the warm-up batch is left out, the next one is warm.
    const isFirst = !this.#hasAnswered && chunk.batches[0] === answered.batches[0]
    this.#hasAnswered ||= answered.batches.length > 0
    for (const { ms } of chunk.batches) this.#longestBatchMs = Math.max(this.#longestBatchMs, ms)
    this.#reached = chunk.end
    return worker.waitsFor(this.#listener(chunk, isFirst))
  }

  #deadlineMs(): number {
    const { firstBatchMs, batchFactor, batchMs } = this.deadlines
    return this.#hasAnswered ? Math.max(batchMs, batchFactor * this.#longestBatchMs) : firstBatchMs
  }

  #discard<T extends Outcome<never>>(outcome: T): T {
    this.#drop()
    return outcome
  }

  #drop(): void {
    this.#loaded = null
    this.#wasmThreads = null
    this.#worker?.close()
    this.#worker = null
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
