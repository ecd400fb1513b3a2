import type { Loaded, AnswerChunk } from '../contract/evaluator'
import type { Backend, ModelRun, ModelTiming } from '../core/evaluation'
import type { Failure } from '../core/failure'
import type { ModelScores } from '../core/report'

/** Batch times kept for the percentiles; more say nothing new. */
const KEPT_BATCHES = 65_536

/** What one model has done so far in a run. */
export class ModelRecord {
  status: 'waiting' | 'running' | 'scoring' | ModelRun['status'] = 'waiting'
  failure: Failure | null = null
  scores: ModelScores | null = null
  rowsDone = 0
  attempts = 0
  startedAt = 0
  endedAt = 0
  #loaded: Loaded | null = null
  #loadMs = 0
  #firstBatchMs: number | null = null
  #totalMs = 0
  #steadyRows = 0
  #steadyMs = 0
  #batchSize: number | null = null
  #batchMs: number[] = []

  constructor(
    readonly modelId: string,
    readonly backend: Backend | null,
  ) {}

  get isOpen(): boolean {
    return this.status === 'waiting' || this.status === 'running'
  }

  get rowsPerSecond(): number | null {
    return this.#steadyMs > 0 ? (this.#steadyRows / this.#steadyMs) * 1000 : null
  }

  /** A lane has loaded the model; only the first load counts as its load time. */
  noteLoad(loaded: Loaded): void {
    this.#loaded ??= loaded
    this.#loadMs ||= loaded.loadMs
  }

  /** @param isFirst the first batch is the warm-up of a load */
  noteAnswers(answer: AnswerChunk, isFirst: boolean): void {
    this.rowsDone += answer.end - answer.start
    if (answer.batchSize !== this.#batchSize) {
      this.#batchSize = answer.batchSize
      this.#batchMs = []
    }
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

  toRun(): ModelRun {
    const status = this.status
    if (status === 'waiting' || status === 'running' || status === 'scoring') {
      throw new Error(`model ${this.modelId} has not ended`)
    }
    return {
      modelId: this.modelId,
      status,
      failure: this.failure,
      attempts: this.attempts,
      backend: this.backend,
      threads: this.#loaded?.threads ?? null,
      batchSize: this.#batchSize,
      timing: this.#timing(),
      scores: this.scores,
    }
  }

  #timing(): ModelTiming | null {
    if (this.#firstBatchMs === null) return null
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

/** Nearest rank of ascending values; null of none. */
function percentile(sorted: Float64Array, share: number): number | null {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? null
}
