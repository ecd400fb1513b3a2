import { transfer } from 'comlink'
import type * as Ort from 'onnxruntime-web'
import type {
  BatchProgress,
  EvaluatorApi,
  Loaded,
  LoadRequest,
  PieceAnswer,
  PieceRequest,
} from '../../src/contract/evaluator'
import type { Backend } from '../../src/core/evaluation'
import { failed, success, type Outcome } from '../../src/core/failure'
import { AnswerSink } from './answer-sink'
import { BatchSize } from './batch-size'
import { makeFeeds } from './feeds'
import { Mutex } from './mutex'
import { loadRuntime, type Runtime } from './runtime'
import { runtimeFailure } from './runtime-failure'

interface LoadedModel {
  readonly request: LoadRequest
  readonly runtime: Runtime
  readonly session: Ort.InferenceSession
  readonly batchSize: BatchSize
}

/** One message at most per this many milliseconds, however short the batches are. */
const HEARTBEAT_MS = 50

/**
 * Answers rows with one model at a time. Every verb goes through one mutex, so that neither two
 * `run()` calls nor a `run()` and a `create()` are ever in flight together.
 */
export class Evaluator implements EvaluatorApi {
  readonly #mutex = new Mutex()
  readonly #runtimes = new Map<Backend, Promise<Runtime>>()
  #loaded: LoadedModel | null = null
  #onBatch: BatchProgress = () => undefined

  connect(onBatch: BatchProgress): Promise<void> {
    this.#onBatch = onBatch
    return Promise.resolve()
  }

  load(request: LoadRequest): Promise<Outcome<Loaded>> {
    return this.#mutex.runExclusive(async () => {
      await this.#release()
      const started = performance.now()
      try {
        const runtime = await this.#runtime(request.backend, request.threads)
        const bytes = new Uint8Array(await request.file.arrayBuffer())
        const session = await runtime.createSession(bytes)
        const fixed = request.binding.fixedBatch ?? request.batchSize
        const batchSize = new BatchSize(fixed, request.binding.rowBytes)
        this.#loaded = { request, runtime, session, batchSize }
        return success({
          loadMs: performance.now() - started,
          threads: runtime.threads,
          adapter: runtime.adapter,
          runtime: { name: runtime.name, version: runtime.version },
        })
      } catch (error) {
        return { ok: false, failure: runtimeFailure(request.name, error) }
      }
    })
  }

  evaluate(request: PieceRequest): Promise<Outcome<PieceAnswer>> {
    return this.#mutex.runExclusive(async () => {
      const loaded = this.#loaded
      if (loaded?.request.modelId !== request.modelId) {
        return failed('internal', 'A model was asked before it was loaded.', 'Compare again.')
      }
      try {
        const outcome = await this.#answer(loaded, request)
        if (!outcome.ok || !ArrayBuffer.isView(outcome.value.data)) return outcome
        return transfer(outcome, [outcome.value.data.buffer])
      } catch (error) {
        return { ok: false, failure: runtimeFailure(loaded.request.name, error) }
      }
    })
  }

  release(): Promise<void> {
    return this.#mutex.runExclusive(() => this.#release())
  }

  async #answer(loaded: LoadedModel, piece: PieceRequest): Promise<Outcome<PieceAnswer>> {
    const { binding, name } = loaded.request
    const sink = new AnswerSink(binding.output, piece.end - piece.start)
    const batches: { rows: number; ms: number }[] = []
    const heartbeat = new Heartbeat(this.#onBatch)
    const deadline = performance.now() + piece.budgetMs
    let row = piece.start
    while (row < piece.end) {
      const rows = Math.min(loaded.batchSize.size, piece.end - row)
      const feeds = makeFeeds(loaded.runtime.Tensor, binding, piece.blocks, row, rows)
      const started = performance.now()
      const outputs = await loaded.session.run(feeds, [binding.output.output])
      const ended = performance.now()
      const output = outputs[binding.output.output]
      const problem =
        output === undefined
          ? `gave no output ${binding.output.output}`
          : sink.add(output, batchRows(binding.fixedBatch, rows), rows)
      if (problem !== null) {
        return failed('output-shape', `${name} ${problem}.`, 'Check the model’s output shape.')
      }
      row += rows
      batches.push({ rows, ms: ended - started })
      loaded.batchSize.note(rows, ended - started)
      heartbeat.beat(row - piece.start, ended - started, ended)
      if (ended > deadline) break
    }
    return success({
      start: piece.start,
      end: row,
      data: sink.take(),
      batches,
      batchSize: loaded.batchSize.size,
    })
  }

  /** A failed start is permanent for this worker: the supervisor replaces it. */
  #runtime(backend: Backend, threads: number): Promise<Runtime> {
    const known = this.#runtimes.get(backend)
    if (known !== undefined) return known
    const loading = loadRuntime(backend, threads)
    this.#runtimes.set(backend, loading)
    return loading
  }

  /** Before the next session: WebGPU frees nothing while another session lives on the device. */
  async #release(): Promise<void> {
    const loaded = this.#loaded
    this.#loaded = null
    await loaded?.session.release()
  }
}

function batchRows(fixedBatch: number | null, rows: number): number {
  return fixedBatch ?? rows
}

class Heartbeat {
  #lastSent = 0
  #longestMs = 0

  constructor(private readonly send: BatchProgress) {}

  beat(rowsDone: number, batchMs: number, now: number): void {
    this.#longestMs = Math.max(this.#longestMs, batchMs)
    if (now - this.#lastSent < HEARTBEAT_MS) return
    this.#lastSent = now
    this.send(rowsDone, this.#longestMs)
    this.#longestMs = 0
  }
}
