import type { AnswerChunk } from '../contract/evaluator'
import type { RunEvent } from '../core/evaluation'
import { errorText, type Failure, type Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type { ModelBinding } from '../core/task'
import { AnalysisClient } from './analysis-client'
import { InputBlocks } from './input-blocks'
import { Lane } from './lane'
import { ModelRecord } from './model-record'
import { PieceQueue, type Piece } from './piece-queue'
import { RunLog } from './run-log'
import type { EvaluationRun, RunRequest, RunResult } from './run-request'

/** A lane reports back at least this often, so that progress, cancel and sharing stay fine-grained. */
const PIECE_BUDGET_MS = 2_000

/** Carries a plan out. `onEvent` gets progress while it runs. */
export function runEvaluation(
  request: RunRequest,
  onEvent: (event: RunEvent) => void,
): EvaluationRun {
  const runner = new Runner(request, onEvent)
  return {
    done: runner.run(),
    cancel: () => {
      runner.cancel()
    },
  }
}

class Runner {
  readonly #records: ReadonlyMap<string, ModelRecord>
  readonly #log: RunLog
  readonly #queue: PieceQueue
  readonly #blocks: InputBlocks
  readonly #analysis = new AnalysisClient()
  readonly #lanes: readonly Lane[]
  /** Work on finished rows that goes on beside the lanes. */
  readonly #scoring: Promise<void>[] = []
  readonly #adding = new Map<string, Promise<Outcome<null>>>()
  #runtime: RunResult['runtime'] = null
  #isCancelled = false

  constructor(
    private readonly request: RunRequest,
    private readonly onEvent: (event: RunEvent) => void,
  ) {
    const { models, plan, preparation, reader } = request
    const backends = new Map(plan.models.map((model) => [model.modelId, model.backend]))
    this.#records = new Map(
      models.map(({ id }) => [id, new ModelRecord(id, backends.get(id) ?? null)]),
    )
    this.#log = new RunLog(request, onEvent)
    const planned = plan.models.map((model) => model.modelId)
    this.#queue = new PieceQueue(planned, preparation.rows, plan.pieceRows)
    this.#blocks = new InputBlocks(reader, preparation.rows, plan.pieceRows)
    this.#lanes = Array.from(
      { length: plan.lanes },
      (_, index) =>
        new Lane(index, (chunk, isFirst) => {
          this.#take(chunk, isFirst)
        }),
    )
  }

  async run(): Promise<RunResult> {
    this.#log.begin()
    this.#failUnplanned()
    try {
      const begun = await this.#beginAnalysis()
      if (begun.ok) await Promise.all(this.#lanes.map((lane) => this.#work(lane)))
      else this.#failOpen(begun.failure)
      await Promise.all(this.#scoring)
    } catch (error) {
      this.#failOpen(bug(error))
    }
    this.#close()
    this.#endOpen()
    this.#log.end(this.#isCancelled)
    return {
      runs: [...this.#records.values()].map((record) => record.toRun()),
      events: this.#log.entries,
      runtime: this.#runtime,
      isCancelled: this.#isCancelled,
    }
  }

  get #isSequential(): boolean {
    return this.request.plan.mode === 'sequential'
  }

  cancel(): void {
    if (this.#isCancelled) return
    this.#isCancelled = true
    this.#close()
  }

  #close(): void {
    for (const lane of this.#lanes) lane.close()
    this.#analysis.close()
  }

  async #beginAnalysis(): Promise<Outcome<null>> {
    const { kind, preparation, reader } = this.request
    const targets = await reader.targets()
    if (!targets.ok) return targets
    const { rows, labels } = preparation
    return this.#analysis.begin({ kind, rows, labels, targets: targets.value })
  }

  async #work(lane: Lane): Promise<void> {
    while (!this.#isCancelled) {
      const piece = this.#queue.take(lane.index, lane.loaded)
      if (piece === null) return
      // One after another, to the figures: the log's lines of two models must not interleave.
      if (this.#isSequential && piece.modelId !== lane.loaded) await Promise.all(this.#scoring)
      const failure = await this.#step(lane, piece)
      if (failure !== null) this.#fail(piece.modelId, failure)
    }
  }

  /** Load if needed, evaluate, hand the answers on. Returns what went wrong, or null. */
  async #step(lane: Lane, piece: Piece): Promise<Failure | null> {
    const record = this.#record(piece.modelId)
    const binding = this.#binding(piece.modelId)
    if (record.status === 'waiting') this.#start(record, lane)
    const layouts = [...new Set(binding.inputs.map((input) => input.layout))]
    const blocks = this.#blocks.forPiece(piece, layouts)
    if (lane.loaded !== piece.modelId) {
      const failure = await this.#load(lane, record, binding)
      if (failure !== null) return failure
    }
    const ready = await blocks
    if (!ready.ok) return ready.failure
    const answering = lane.evaluate(this.#model(piece.modelId).fileName, {
      ...piece,
      blocks: ready.value,
      budgetMs: PIECE_BUDGET_MS,
    })
    // While this piece runs, the reader builds the rows of the next one.
    const next = this.#queue.peek(piece.modelId)
    if (next !== null) void this.#blocks.forPiece(next, layouts)
    const reached = await answering
    if (!reached.ok) return reached.failure
    if (reached.value < piece.end) this.#queue.putBack({ ...piece, start: reached.value })
    return null
  }

  async #load(lane: Lane, record: ModelRecord, binding: ModelBinding): Promise<Failure | null> {
    const { plan, files } = this.request
    const { id, fileName } = this.#model(record.modelId)
    const file = files.get(id)
    if (file === undefined || record.backend === null) throw new Error(`no file for ${fileName}`)
    record.attempts = Math.max(1, record.attempts)
    const loaded = await lane.load({
      modelId: id,
      name: fileName,
      file,
      backend: record.backend,
      threads: plan.threadsPerLane,
      binding,
      batchSize: plan.batchSize,
    })
    if (!loaded.ok) return loaded.failure
    this.#runtime ??= loaded.value.runtime
    record.noteLoad(loaded.value)
    this.#emitProgress(record, 'first-batch')
    return null
  }

  #start(record: ModelRecord, lane: Lane): void {
    record.status = 'running'
    record.startedAt = performance.now()
    this.#log.modelStarted(record.modelId, lane.index)
    this.onEvent({ type: 'model-started', modelId: record.modelId, lane: lane.index })
    this.#emitProgress(record, 'loading')
  }

  #take(chunk: AnswerChunk, isFirst: boolean): void {
    const record = this.#record(chunk.modelId)
    if (!record.isOpen) return
    record.noteAnswers(chunk, isFirst)
    const { output } = this.#binding(chunk.modelId)
    const earlier = this.#adding.get(chunk.modelId) ?? Promise.resolve({ ok: true, value: null })
    const adding = earlier.then((outcome) =>
      outcome.ok ? this.#analysis.addAnswers(chunk.modelId, output, chunk) : outcome,
    )
    this.#adding.set(chunk.modelId, adding)
    if (record.rowsDone < this.request.preparation.rows) {
      this.#emitProgress(record, 'running')
    } else {
      record.status = 'scoring'
      this.#emitProgress(record, 'scoring')
      this.#scoring.push(this.#score(record, adding))
    }
  }

  async #score(record: ModelRecord, adding: Promise<Outcome<null>>): Promise<void> {
    const added = await adding
    const scores = added.ok ? await this.#analysis.score(record.modelId) : added
    if (!scores.ok) {
      this.#fail(record.modelId, scores.failure)
      return
    }
    record.scores = scores.value
    record.status = 'ok'
    this.#finish(record)
  }

  #fail(modelId: string, failure: Failure): void {
    const record = this.#record(modelId)
    if (!record.isOpen && record.status !== 'scoring') return
    this.#queue.drop(modelId)
    record.status = this.#isCancelled ? 'cancelled' : 'failed'
    record.failure = this.#isCancelled ? null : failure
    this.#finish(record)
  }

  #finish(record: ModelRecord): void {
    record.endedAt = performance.now()
    this.#log.modelFinished(record)
    this.onEvent({ type: 'model-finished', run: record.toRun() })
  }

  /** Models that could not be mapped fail by name and cost the others nothing. */
  #failUnplanned(): void {
    for (const [modelId, binding] of Object.entries(this.request.preparation.bindings)) {
      if (!binding.ok && this.#records.has(modelId)) this.#fail(modelId, binding.failure)
    }
  }

  #failOpen(failure: Failure): void {
    for (const record of this.#records.values()) {
      if (record.isOpen) this.#fail(record.modelId, failure)
    }
  }

  #endOpen(): void {
    for (const record of this.#records.values()) {
      if (!record.isOpen && record.status !== 'scoring') continue
      record.status = this.#isCancelled ? 'cancelled' : 'skipped'
      this.#finish(record)
    }
  }

  #emitProgress(
    record: ModelRecord,
    phase: 'loading' | 'first-batch' | 'running' | 'scoring',
  ): void {
    if (record.backend === null) return
    this.onEvent({
      type: 'model-progress',
      modelId: record.modelId,
      rowsDone: record.rowsDone,
      rowsPerSecond: record.rowsPerSecond,
      backend: record.backend,
      phase,
    })
  }

  #record(modelId: string): ModelRecord {
    const record = this.#records.get(modelId)
    if (record === undefined) throw new Error(`unknown model ${modelId}`)
    return record
  }

  #model(modelId: string): ModelInfo {
    const model = this.request.models.find((candidate) => candidate.id === modelId)
    if (model === undefined) throw new Error(`unknown model ${modelId}`)
    return model
  }

  #binding(modelId: string): ModelBinding {
    const binding = this.request.preparation.bindings[modelId]
    if (!binding?.ok) throw new Error(`model ${modelId} has no binding`)
    return binding.value
  }
}

function bug(error: unknown): Failure {
  return {
    code: 'internal',
    message: 'The run ended in a way that it should not.',
    advice: 'Please report this with the run log.',
    detail: errorText(error),
  }
}
