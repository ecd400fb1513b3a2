import type { AnswerChunk, Loaded } from '../contract/evaluator'
import type { ModelAttempt, ModelRun, ModelTiming, Parity, RunEvent } from '../core/evaluation'
import type { Failure } from '../core/failure'
import type { ModelScores } from '../core/report'
import type { RowRange } from './journal'
import type { JournalModel } from './journal-database'
import type { Rung } from './ladder'

/** Batch times kept for the percentiles; more say nothing new. */
const KEPT_BATCHES = 65_536

export type ProgressEvent = Extract<RunEvent, { readonly type: 'model-progress' }>

/** What one model has done so far in a run. */
export class ModelRecord {
  status: 'waiting' | 'running' | 'scoring' | ModelRun['status'] = 'waiting'
  failure: Failure | null = null
  scores: ModelScores | null = null
  parity: Parity | null = null
  rowsDone = 0
  keptRows = 0
  keptAt: number | null = null
  startedAt = 0
  endedAt = 0
  /** Counts the steps down the ladder. */
  generation = 0
  readonly failedAttempts: ModelAttempt[] = []
  #pendingRows = 0
  #loaded: Loaded | null = null
  #loadMs = 0
  #firstBatchMs: number | null = null
  #hasTimes = false
  #totalMs = 0
  #steadyRows = 0
  #steadyMs = 0
  #batchSize: number | null = null
  #batchMs: number[] = []
  #memoryBytes = 0
  #keptTiming: ModelTiming | null = null
  #keptThreads: number | null = null

  /** @param rung null for a model that could not be planned */
  constructor(
    readonly modelId: string,
    public rung: Rung | null,
  ) {}

  get isOpen(): boolean {
    return this.status === 'waiting' || this.status === 'running'
  }

  get batchSize(): number | null {
    return this.#batchSize
  }

  get threads(): number | null {
    return this.#loaded?.threads ?? this.#keptThreads
  }

  get rowsPerSecond(): number | null {
    return this.#steadyMs > 0 ? (this.#steadyRows / this.#steadyMs) * 1000 : null
  }

  /** A lane begins to run it. */
  start(): void {
    this.status = 'running'
    this.startedAt = performance.now()
  }

  /** A lane has loaded the model; only the first load counts as its load time. */
  noteLoad(loaded: Loaded): void {
    this.#loaded = loaded
    this.#loadMs ||= loaded.loadMs
  }

  /** Rows whose answers an earlier run left on disk. */
  noteKept(range: RowRange, model: JournalModel | null): void {
    this.rowsDone += range.end - range.start
    this.keptRows += range.end - range.start
    if (model !== null) this.keptAt = Math.max(this.keptAt ?? 0, model.updatedAt)
    this.#keptTiming ??= model?.timing ?? null
    this.#keptThreads ??= model?.threads ?? null
    this.#batchSize ??= model?.batchSize ?? null
  }

  /** The way in which it is run now has failed. */
  noteFailedAttempt(failure: Failure): void {
    if (this.rung !== null) this.failedAttempts.push({ ...this.rung, failure })
  }

  /** @param isFirst the first batch is the warm-up of a load */
  noteAnswers(answer: AnswerChunk, isFirst: boolean): void {
    this.rowsDone += answer.end - answer.start
    this.#notePending(answer)
    this.#memoryBytes = Math.max(this.#memoryBytes, answer.memoryBytes ?? 0)
    if (answer.batchSize !== this.#batchSize) {
      this.#batchSize = answer.batchSize
      this.#batchMs = []
    }
    this.#hasTimes ||= answer.batches.length > 0
    answer.batches.forEach(({ rows, ms }, index) => {
      this.#totalMs += ms
      if (isFirst && index === 0) {
        this.#firstBatchMs ??= ms
        return
      }
      this.#steadyRows += rows
      this.#steadyMs += ms
      if (rows === answer.batchSize && this.#batchMs.length < KEPT_BATCHES) this.#batchMs.push(ms)
    })
  }

  /** Rows answered, those of unfinished windows included: for progress, not for the count. */
  get rowsSeen(): number {
    return this.rowsDone + this.#pendingRows
  }

  /** Null for a model that could not be planned. `rows`: all that it is to answer. */
  progress(phase: ProgressEvent['phase'], rows: number): ProgressEvent | null {
    const { modelId, rowsPerSecond, rung } = this
    if (rung === null) return null
    const rowsDone = Math.min(this.rowsSeen, rows)
    const { backend } = rung
    return { type: 'model-progress', modelId, rowsDone, rowsPerSecond, backend, phase }
  }

  #notePending({ start, end, batches }: AnswerChunk): void {
    const seen = batches.reduce((sum, { rows }) => sum + rows, 0)
    this.#pendingRows = end > start ? 0 : this.#pendingRows + seen
  }

  toRun(): ModelRun {
    const { modelId, status } = this
    if (status === 'waiting' || status === 'running' || status === 'scoring') {
      throw new Error(`model ${modelId} has not ended`)
    }
    return {
      modelId,
      status,
      failure: this.failure,
      attempts: this.failedAttempts.length + (this.#loaded === null || status === 'failed' ? 0 : 1),
      failedAttempts: this.failedAttempts,
      keptRows: this.keptRows,
      keptAt: this.keptAt,
      parity: this.parity,
      memory: this.#memoryBytes === 0 ? null : { bytes: this.#memoryBytes, source: MEMORY_SOURCE },
      backend: this.rung?.backend ?? null,
      threads: this.threads,
      batchSize: this.#batchSize,
      timing: this.timing,
      scores: this.scores,
    }
  }

  /** Of this run; of the run that left the answers where every row was kept. */
  get timing(): ModelTiming | null {
    if (!this.#hasTimes) return this.#keptTiming
    const sorted = Float64Array.from(this.#batchMs).sort()
    return {
      loadMs: this.#loadMs,
      firstBatchMs: this.#firstBatchMs,
      totalMs: this.#totalMs,
      rowsPerSecond: this.rowsPerSecond,
      batchMs: { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95) },
    }
  }
}

const MEMORY_SOURCE = 'WASM heaps and GPU buffers of the worker'

/** Nearest rank of ascending values; null of none. */
function percentile(sorted: Float64Array, share: number): number | null {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null
}
