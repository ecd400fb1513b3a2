import type * as Ort from 'onnxruntime-web'
import type {
  AnswerListener,
  EvaluatorApi,
  Loaded,
  LoadRequest,
  PhaseListener,
  PieceRequest,
  SideRequest,
  Turn,
  TurnRequest,
} from '../../src/contract/evaluator'
import type { Backend } from '../../src/core/evaluation'
import { failed, success, type Failure, type Outcome } from '../../src/core/failure'
import { readOutputs } from '../../src/core/read-outputs'
import type { RolloutBinding } from '../../src/core/task'
import { AnswerStream } from './answer-stream'
import { BatchSize } from './batch-size'
import { makeFeeds } from './feeds'
import { BadAction } from './policy-session'
import { MemoryMeter } from './memory-meter'
import { Mutex } from './mutex'
import { rollOut } from './roll-out'
import { RolloutStream } from './rollout-stream'
import { loadRuntime, type Runtime } from './runtime'
import { readBytes } from './read-bytes'
import { runtimeFailure } from './runtime-failure'
import { missingFile } from './runtime-files'
import { Stopwatch } from './stopwatch'

interface LoadedModel {
  readonly request: LoadRequest
  readonly runtime: Runtime
  readonly session: Ort.InferenceSession
  readonly batchSize: BatchSize
}

/**
 * Answers rows with one model at a time. Every verb goes through one mutex, so that neither two
 * `run()` calls nor a `run()` and a `create()` are ever in flight together.
 */
export class Evaluator implements EvaluatorApi {
  readonly #mutex = new Mutex()
  readonly #runtimes = new Map<Backend, Promise<Runtime>>()
  #loaded: LoadedModel | null = null
  readonly #memory = new MemoryMeter()
  readonly #stopwatch = new Stopwatch()
  #onAnswers: AnswerListener = () => undefined
  #onPhase: PhaseListener = () => undefined

  connect(onAnswers: AnswerListener, onPhase: PhaseListener): Promise<void> {
    this.#onAnswers = onAnswers
    this.#onPhase = onPhase
    return Promise.resolve()
  }

  load(request: LoadRequest): Promise<Outcome<Loaded>> {
    return this.#mutex.runExclusive(async () => {
      const started = performance.now()
      try {
        await this.#release()
        this.#onPhase('runtime')
        const runtime = await this.#runtime(request.backend, request.threads)
        this.#onPhase('session')
        const model = await readBytes(request)
        if (!model.ok) return model
        const session = await runtime.createSession(model.value)
        const fixed = request.binding.fixedBatch ?? request.batchSize
        const batchSize = new BatchSize(fixed, request.binding.rowBytes, request.batchLimit)
        this.#loaded = { request, runtime, session, batchSize }
        return success(describeLoad(runtime, started))
      } catch (error) {
        return { ok: false, failure: await loadFailure(request, error) }
      }
    })
  }

  evaluate(request: PieceRequest): Promise<Outcome<number>> {
    return this.#mutex.runExclusive(async () => {
      const loaded = this.#loaded
      if (loaded?.request.modelId !== request.modelId) {
        return failed('internal', 'A model was asked before it was loaded.', 'Compare again.')
      }
      const { binding } = loaded.request
      if (binding.rollout !== undefined) {
        const { modelId } = request
        const memoryBytes = () => this.#memory.bytes
        const stream = new RolloutStream(modelId, request, this.#onAnswers, memoryBytes)
        return this.#rollOut(loaded, binding.rollout, request, stream)
      }
      const answers = new AnswerStream(
        request.modelId,
        binding.output,
        request,
        this.#onAnswers,
        () => ({ batchSize: loaded.batchSize.size, memoryBytes: this.#memory.bytes }),
      )
      const failure = await this.#answer(loaded, request, answers)
      await answers.finish()
      return failure === null ? success(answers.end) : { ok: false, failure }
    })
  }

  release(): Promise<void> {
    return this.#mutex.runExclusive(() => this.#release())
  }

  loadSide({ side, model, blocks, rows }: SideRequest): Promise<Outcome<Loaded>> {
    return this.#mutex.runExclusive(async () => {
      const started = performance.now()
      try {
        await this.#release()
        this.#onPhase('runtime')
        const runtime = await this.#runtime(model.backend, model.threads)
        this.#onPhase('session')
        const bytes = await readBytes(model)
        if (!bytes.ok) return bytes
        await this.#stopwatch.load(side, { request: model, runtime, blocks, rows }, bytes.value)
        return success(describeLoad(runtime, started))
      } catch (error) {
        return { ok: false, failure: await loadFailure(model, error) }
      }
    })
  }

  takeTurn(request: TurnRequest): Promise<Outcome<Turn>> {
    return this.#mutex.runExclusive(() => this.#stopwatch.takeTurn(request))
  }

  /** Returns what went wrong, or null; rows answered before that are in `answers` either way. */
  async #answer(
    loaded: LoadedModel,
    piece: PieceRequest,
    answers: AnswerStream,
  ): Promise<Failure | null> {
    const { request, runtime, session, batchSize } = loaded
    const { binding, name } = request
    const names = readOutputs(binding.output).map(({ output }) => output)
    const deadline = performance.now() + piece.budgetMs
    try {
      while (answers.end < piece.end) {
        const rows = Math.min(binding.fixedBatch ?? batchSize.size, piece.end - answers.end)
        const feeds = makeFeeds(runtime.Tensor, binding, piece.blocks, answers.end, rows)
        const started = performance.now()
        const outputs = await runtime.guard(() => session.run(feeds, names))
        const ended = performance.now()
        const tensors = names.flatMap((output) => outputs[output] ?? [])
        const problem =
          tensors.length < names.length
            ? `gave no output ${names.find((output) => !(output in outputs)) ?? ''}`
            : answers.add(tensors, binding.fixedBatch ?? rows, rows, ended - started)
        if (problem !== null) return unexpectedOutput(name, problem)
        batchSize.note(rows, ended - started)
        if (answers.isDue(ended)) await answers.flush()
        if (ended > deadline) return null
      }
      return null
    } catch (error) {
      return await runtimeFailure(request, error)
    }
  }

  /** All windows of a piece, or none: a window that breaks off is led again from its start. */
  async #rollOut(
    { request, runtime, session, batchSize }: LoadedModel,
    rollout: RolloutBinding,
    piece: PieceRequest,
    stream: RolloutStream,
  ): Promise<Outcome<number>> {
    try {
      const { width } = request.binding.output
      const job = { rollout, runtime, session, batchSize, piece, stream }
      const actions = await rollOut(job, width)
      await stream.finish(actions)
      return success(piece.end)
    } catch (error) {
      await stream.finish(null)
      const failure =
        error instanceof BadAction
          ? unexpectedOutput(request.name, error.message)
          : await runtimeFailure(request, error)
      return { ok: false, failure }
    }
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

/** A runtime that does not start is most often a file that a proxy or a host holds back. */
async function loadFailure(request: LoadRequest, error: unknown): Promise<Failure> {
  const { name, backend } = request
  const failure = await runtimeFailure(request, error)
  const missing = failure.code === 'runtime-unavailable' ? await missingFile(backend) : null
  if (missing === null) return failure
  return {
    ...failure,
    message: `The runtime for ${name} could not be started: ${missing}.`,
    advice: 'Let this file through, or check the connection, and compare again.',
  }
}

function describeLoad(runtime: Runtime, started: number): Loaded {
  return {
    loadMs: performance.now() - started,
    threads: runtime.threads,
    adapter: runtime.adapter,
    runtime: { name: runtime.name, version: runtime.version },
  }
}

function unexpectedOutput(name: string, problem: string): Failure {
  return {
    code: 'output-shape',
    message: `${name} ${problem}.`,
    advice: 'Check the model’s output shape on its card.',
  }
}
