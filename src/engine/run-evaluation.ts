import type { AnswerChunk } from '../contract/evaluator'
import type { Backend, RunEvent } from '../core/evaluation'
import { errorText, type Failure, type Outcome } from '../core/failure'
import { AnalysisClient } from './analysis-client'
import { AnswerFlow } from './answer-flow'
import { rowsToAnswer } from './asked-rows'
import { bug } from './bug'
import { Canary } from './canary'
import { compareStep, STOPPED } from './compare-step'
import { GpuClaim } from './gpu-claim'
import { InputBlocks } from './input-blocks'
import { keepRowsStep } from './keep-rows-step'
import { describeRung } from './ladder'
import { Lane, type LoadTag } from './lane'
import type { ModelRecord, ProgressEvent } from './model-record'
import { PieceQueue, type Piece } from './piece-queue'
import { ReferenceGate } from './reference-gate'
import { RunLog } from './run-log'
import { RunModels } from './run-models'
import type { EvaluationRun, RunRequest, RunResult } from './run-request'

/** A lane reports back at least this often, so that progress and sharing stay fine-grained. */
const PIECE_BUDGET_MS = 2_000

/** Carries a plan out. `onEvent` gets progress while it runs. */
export function runEvaluation(
  request: RunRequest,
  onEvent: (event: RunEvent) => void,
): EvaluationRun {
  const runner = new Runner(request, onEvent)
  return {
    done: runner.run(),
    cancel: runner.cancel.bind(runner),
    useWasm: runner.useWasm.bind(runner),
  }
}

class Runner {
  readonly #models: RunModels
  readonly #log: RunLog
  readonly #queue: PieceQueue
  readonly #blocks: InputBlocks
  readonly #analysis = new AnalysisClient()
  readonly #flow: AnswerFlow
  readonly #canary: Canary
  readonly #gate: ReferenceGate
  readonly #lanes: readonly Lane[]
  /** Scoring goes on beside the lanes. */
  readonly #scoring: Promise<void>[] = []
  #runtime: RunResult['runtime'] = null
  #compared: RunResult['compared'] = null
  #rows: RunResult['rows'] = null
  readonly #gpuClaim: GpuClaim
  #isCancelled = false
  #endWait: () => void = () => undefined
  readonly #cancelled = new Promise<void>((resolve) => {
    this.#endWait = resolve
  })

  constructor(
    private readonly request: RunRequest,
    private readonly onEvent: (event: RunEvent) => void,
  ) {
    const { plan, preparation, reader } = request
    this.#models = new RunModels(request)
    this.#log = new RunLog(request, onEvent)
    this.#gate = new ReferenceGate(request, this.#models)
    this.#queue = new PieceQueue(plan.pieceRows, preparation.pieces)
    this.#blocks = new InputBlocks(reader, preparation.rows, plan.pieceRows)
    this.#flow = new AnswerFlow(request, this.#analysis)
    this.#gpuClaim = new GpuClaim(request, this.#models, this.#log, onEvent)
    this.#canary = new Canary(request, this.#models, this.#blocks)
    this.#lanes = Array.from(
      { length: plan.lanes },
      (_, index) =>
        new Lane(index, plan.deadlines, (modelId, phase) => {
          if (phase === 'session') this.#emitProgress(this.#models.record(modelId), 'loading')
        }),
    )
  }

  async run(): Promise<RunResult> {
    this.#log.begin()
    // A cancelled run waits for nothing: neither for storage nor for the reader.
    await Promise.race([this.#carryOut(), this.#cancelled])
    this.#close()
    // After a cancel; otherwise none is open, and one that is all the same is a bug of ours.
    this.#failOpen(bug('A model was left open.'))
    this.#log.end(this.#isCancelled)
    return {
      runs: this.#models.records.map((record) => record.toRun()),
      events: this.#log.entries,
      runtime: this.#runtime,
      compared: this.#compared ?? (this.#isCancelled ? STOPPED : null),
      rows: this.#rows,
      isCancelled: this.#isCancelled,
    }
  }

  cancel(): void {
    if (this.#isCancelled) return
    this.#isCancelled = true
    this.#close()
    this.#endWait()
  }

  useWasm(): void {
    this.#gpuClaim.giveUp()
  }

  #close(): void {
    this.#closeLanes()
    this.#analysis.close()
  }

  #closeLanes(): void {
    for (const lane of this.#lanes) lane.close()
    this.#gpuClaim.release()
  }

  async #carryOut(): Promise<void> {
    try {
      // Models that could not be mapped or admitted fail by name and cost the others nothing.
      for (const { record, refusal } of this.#models.refused) this.#fail(record, refusal)
      const begun = await this.#begin()
      if (begun.ok) await Promise.all(this.#lanes.map((lane) => this.#work(lane)))
      else this.#failOpen(begun.failure)
      await Promise.all(this.#scoring)
      if (!this.#isCancelled) await this.#conclude()
    } catch (error) {
      this.#failOpen(bug(errorText(error)))
    }
  }

  /** Starts the analysis and brings back what earlier runs left on disk. */
  async #begin(): Promise<Outcome<null>> {
    const { kind, preparation, reader } = this.request
    const [targets] = await Promise.all([reader.targets(), reader.releaseRows()])
    if (!targets.ok) return targets
    const { rows, labels } = preparation
    const begun = await this.#analysis.begin({ kind, rows, labels, targets: targets.value })
    if (!begun.ok) return begun
    for (const record of this.#gate.open(this.#models.records)) {
      const missing = await this.#flow.restore(record, (note) => {
        this.#log.warn(record.modelId, note)
      })
      if (this.#isCancelled) return begun
      const { modelId } = record
      this.#queue.add(modelId, missing, this.#models.ownWholes(modelId) ?? preparation.pieces)
      if (record.keptRows > 0) this.#log.kept(record)
      if (missing.length === 0) {
        record.startedAt = performance.now()
        this.#beginScoring(record)
      }
    }
    await this.#gpuClaim.acquire()
    return begun
  }

  async #work(lane: Lane): Promise<void> {
    while (!this.#isCancelled) {
      const loaded = lane.loaded?.modelId ?? null
      const piece = this.#queue.take(lane.index, loaded)
      if (piece === null) return
      // One after another, to the figures: the log's lines of two models must not interleave.
      if (this.request.plan.mode === 'sequential' && piece.modelId !== loaded) {
        await Promise.all(this.#scoring)
      }
      const record = this.#models.record(piece.modelId)
      const failure = await this.#step(lane, record, piece)
      if (failure !== null) this.#recover(lane, record, failure)
    }
  }

  /** Load if needed, then evaluate. Returns what went wrong, or null; unfinished rows are put back. */
  async #step(lane: Lane, record: ModelRecord, piece: Piece): Promise<Failure | null> {
    const { modelId } = record
    const layouts = this.#models.layouts(modelId)
    const giveBack = (start: number): void => {
      if (record.isOpen && start < piece.end) this.#queue.putBack({ ...piece, start })
    }
    if (record.status === 'waiting') this.#start(record, lane)
    const blocks = this.#blocks.forPiece(piece, layouts)
    const tag = this.#models.loadTag(record, piece.start)
    if (!lane.holds(tag)) {
      const failure = await this.#load(lane, record, tag)
      if (failure !== null) {
        giveBack(piece.start)
        return failure
      }
    }
    const ready = await blocks
    if (!ready.ok) {
      this.#fail(record, ready.failure)
      return null
    }
    const evaluation = { ...piece, blocks: ready.value, budgetMs: PIECE_BUDGET_MS }
    // Another lane's failure may move the model to another backend while this one answers.
    const backend = record.rung?.backend ?? 'wasm'
    const answering = lane.evaluate(this.#models.fileName(tag), evaluation, (chunk, isFirst) =>
      this.#take(record, backend, chunk, isFirst),
    )
    // While this piece runs, the reader builds the rows of the next one.
    const next = this.#queue.peek(modelId)
    if (next !== null) void this.#blocks.forPiece(next, layouts)
    const reached = await answering
    giveBack(reached.ok ? reached.value : lane.reached)
    return reached.ok ? null : reached.failure
  }

  async #load(lane: Lane, record: ModelRecord, tag: LoadTag): Promise<Failure | null> {
    const { gpu } = this.request
    if (record.rung?.backend === 'webgpu' && !gpu.mayStart) {
      this.#models.moveToWasm(record)
      this.#log.warn(record.modelId, `goes on on WASM: ${gpu.describe()}`)
    }
    const { generation } = record
    if (this.#canary.isNeeded(record)) {
      const failure = await this.#canary.answer(lane, record)
      if (failure !== null && !this.#isCancelled) {
        this.#log.warn(record.modelId, `could not be checked: ${failure.message}`)
      }
    }
    const request = this.#models.loadRequest(record, tag.checkpoint)
    const loaded = await lane.load(request, { ...tag, generation })
    if (!loaded.ok) return loaded.failure
    this.#runtime ??= loaded.value.runtime
    record.noteLoad(loaded.value)
    this.#emitProgress(record, 'first-batch')
    return null
  }

  /**
   * After a failure: the next rung of the ladder, or the end of this model. A lane that failed on a
   * rung that another lane's failure has already left only loads again.
   */
  #recover(lane: Lane, record: ModelRecord, failure: Failure): void {
    const { rung } = record
    if (!record.isOpen || this.#isCancelled || rung === null) return
    const { gpu } = this.request
    const isGpuLoss = rung.backend === 'webgpu' && gpu.isLoss(failure)
    if (isGpuLoss) gpu.noteLoss(lane.openedAt)
    if (this.#models.isOutdated(lane, record)) return
    const next = this.#models.stepDown(record, failure)
    if (next === null) {
      this.#fail(record, failure)
      return
    }
    this.#log.retry(record, failure, describeRung(next))
    if (isGpuLoss && !gpu.mayStart) this.#log.say(gpu.describe())
    this.#emitProgress(record, 'loading')
  }

  #start(record: ModelRecord, lane: Lane): void {
    record.start()
    this.#log.modelStarted(record.modelId, lane.index)
    this.onEvent({ type: 'model-started', modelId: record.modelId, lane: lane.index })
    this.#emitProgress(record, 'loading')
  }

  /** Rows count, and the worker goes on to send more, once they are on disk and analysed. */
  async #take(
    record: ModelRecord,
    backend: Backend,
    chunk: AnswerChunk,
    isFirst: boolean,
  ): Promise<void> {
    if (!record.isOpen) return
    const disagreement = this.#canary.compare(record, backend, chunk)
    if (disagreement !== null) {
      record.noteFailedAttempt(disagreement)
      this.#fail(record, disagreement)
      await this.#flow.forget(record.modelId, backend)
      return
    }
    const taken = await this.#flow.take(record, backend, chunk)
    if (!record.isOpen) return
    if (!taken.ok) {
      this.#fail(record, taken.failure)
      return
    }
    record.noteAnswers(chunk, isFirst)
    if (record.rowsDone < rowsToAnswer(this.request, record.modelId))
      this.#emitProgress(record, 'running')
    else this.#beginScoring(record)
  }

  #beginScoring(record: ModelRecord): void {
    if (!record.isOpen) return
    record.status = 'scoring'
    this.#emitProgress(record, 'scoring')
    if (!this.#gate.hold(record)) this.#scoring.push(this.#score(record))
  }

  async #score(record: ModelRecord): Promise<void> {
    await this.#flow.noteFinished(record)
    if (this.request.handedOut === undefined) {
      const scores = await this.#analysis.score(record.modelId)
      if (!scores.ok) {
        this.#fail(record, scores.failure)
        return
      }
      record.scores = scores.value
    }
    record.status = 'ok'
    this.#finish(record)
    await Promise.all(this.#gate.release(record).map((held) => this.#score(held)))
  }

  /** No model answers any more: memory and the GPU are free for others. */
  async #conclude(): Promise<void> {
    this.#closeLanes()
    const { request, onEvent } = this
    this.#compared = await compareStep(request, this.#models, this.#analysis, this.#log, onEvent)
    // Only now: the arrays that are handed over are those that were compared.
    this.#rows = await keepRowsStep(request, this.#models, this.#analysis)
  }

  #fail(record: ModelRecord, failure: Failure): void {
    if (!record.isOpen && record.status !== 'scoring') return
    this.#queue.drop(record.modelId)
    record.status = this.#isCancelled ? 'cancelled' : 'failed'
    record.failure = this.#isCancelled ? null : failure
    this.#finish(record)
    if (!this.#isCancelled && this.#gate.isReference(record)) this.#failOpen(this.#gate.failure)
  }

  #finish(record: ModelRecord): void {
    record.endedAt = performance.now()
    this.#log.modelFinished(record)
    this.onEvent({ type: 'model-finished', run: record.toRun() })
  }

  #failOpen(failure: Failure): void {
    for (const record of this.#models.records) this.#fail(record, failure)
  }

  #emitProgress(record: ModelRecord, phase: ProgressEvent['phase']): void {
    const event = record.progress(phase, rowsToAnswer(this.request, record.modelId))
    if (event !== null && !this.#isCancelled) this.onEvent(event)
  }
}
