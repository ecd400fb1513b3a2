import type { LogEntry, RunEvent } from '../core/evaluation'
import type { Failure } from '../core/failure'
import { formatDistance } from '../core/format'
import type { ModelRecord } from './model-record'
import type { RunRequest } from './run-request'

/** The run log, in the lines that users of the earlier system look for. */
export class RunLog {
  readonly entries: LogEntry[] = []
  readonly #startedAt = performance.now()

  constructor(
    private readonly request: RunRequest,
    private readonly onEvent: (event: RunEvent) => void,
  ) {}

  begin(): void {
    const { models, plan } = this.request
    this.#add(
      'info',
      plan.mode === 'sequential'
        ? `🔧 Using SEQUENTIAL processing to avoid GPU deadlock (models: ${String(models.length)})`
        : `⚡ Using PARALLEL processing (models: ${String(models.length)}, lanes: ${String(plan.lanes)})`,
    )
    for (const { modelId, backendReason } of plan.models) {
      if (backendReason !== null) {
        this.#add('info', `${this.#name(modelId)} runs on WASM: ${backendReason}`, modelId)
      }
    }
  }

  modelStarted(modelId: string, lane: number): void {
    this.#add(
      'info',
      `📊 ${this.#position(modelId)} Evaluating ${this.#name(modelId)}...`,
      modelId,
      lane,
    )
  }

  modelFinished(record: ModelRecord): void {
    const { modelId, status, failure } = record
    const name = this.#name(modelId)
    const position = this.#position(modelId)
    if (status === 'ok') {
      const score = this.#score(record)
      const seconds = ((record.endedAt - record.startedAt) / 1000).toFixed(1)
      this.#add(
        'info',
        this.request.plan.mode === 'sequential'
          ? `✓ Score: ${score}, Time: ${seconds}s`
          : `✓ ${position} ${name}: Score=${score}, Time=${seconds}s`,
        modelId,
      )
      for (const warning of record.scores?.warnings ?? []) {
        this.#add('warning', `${name}: ${warning}`, modelId)
      }
    } else {
      const reason = failure?.message ?? (status === 'cancelled' ? 'stopped' : 'not run')
      this.#add(failure === null ? 'warning' : 'error', `✗ ${position} ${name}: ${reason}`, modelId)
      if (failure?.detail !== undefined) this.#add('error', failure.detail, modelId)
    }
  }

  /** Answers of an earlier run are used. */
  kept({ modelId, keptRows }: ModelRecord): void {
    const { rows } = this.request.preparation
    const text =
      keptRows === rows
        ? 'unchanged model, data and settings: the kept answers are used, nothing is run again'
        : `goes on after ${String(keptRows)} of ${String(rows)} rows that an earlier run has finished`
    this.#add('info', `${this.#name(modelId)}: ${text}.`, modelId)
  }

  /** A step down the ladder. */
  retry({ modelId, failedAttempts }: ModelRecord, failure: Failure, where: string): void {
    const attempt = String(failedAttempts.length + 1)
    this.#add('warning', `${failure.message} Goes on with ${where} (attempt ${attempt}).`, modelId)
    if (failure.detail !== undefined) this.#add('warning', failure.detail, modelId)
  }

  say(text: string): void {
    this.#add('info', text)
  }

  fault({ message, detail }: Failure): void {
    this.#add('error', message)
    if (detail !== undefined) this.#add('error', detail)
  }

  warn(modelId: string, text: string): void {
    this.#add('warning', `${this.#name(modelId)}: ${text}`, modelId)
  }

  end(isCancelled: boolean): void {
    const seconds = (this.#now() / 1000).toFixed(1)
    const mode = this.request.plan.mode === 'sequential' ? 'Sequential' : 'Parallel'
    this.#add(
      isCancelled ? 'warning' : 'info',
      `${mode} evaluation ${isCancelled ? 'stopped after' : 'completed in'} ${seconds} seconds`,
    )
  }

  #score(record: ModelRecord): string {
    if (this.request.handedOut !== undefined) return 'pending'
    const { id, unit } = this.request.metric
    const score = record.scores?.metrics[id] ?? null
    if (score === null) return 'undefined'
    // Four decimals would turn the distances of a parity check to nothing.
    return unit === 'distance' && score < 0.1 ? formatDistance(score) : score.toFixed(4)
  }

  #add(level: LogEntry['level'], text: string, modelId?: string, lane?: number): void {
    const entry: LogEntry = {
      at: Math.round(this.#now()),
      level,
      text,
      ...(modelId === undefined ? {} : { model: this.#name(modelId) }),
      ...(lane === undefined ? {} : { lane }),
    }
    this.entries.push(entry)
    this.onEvent({ type: 'log', entry })
  }

  #now(): number {
    return performance.now() - this.#startedAt
  }

  #position(modelId: string): string {
    const index = this.request.models.findIndex((model) => model.id === modelId)
    return `[${String(index + 1)}/${String(this.request.models.length)}]`
  }

  #name(modelId: string): string {
    return this.request.models.find((model) => model.id === modelId)?.name ?? modelId
  }
}
