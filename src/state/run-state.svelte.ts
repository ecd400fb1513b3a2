import type { Backend, LogEntry, ModelRun, RunEvent } from '../core/evaluation'
import type { MetricInfo } from '../core/metric'
import type * as Engine from '../engine/run-evaluation'
import { rowsToAnswer } from '../engine/asked-rows'
import type { EvaluationRun, RunRequest, RunResult } from '../engine/run-request'
import { TabWatch } from './tab-watch'

export type RunPhase = 'waiting' | 'loading' | 'first-batch' | 'running' | 'scoring' | 'finished'

/** One model while the comparison runs. */
export interface ModelProgress {
  readonly modelId: string
  readonly name: string
  readonly phase: RunPhase
  readonly rowsDone: number
  /** Rows that it is asked. */
  readonly rows: number
  readonly rowsPerSecond: number | null
  readonly backend: Backend | null
  readonly lane: number | null
  /** Rows that were kept from an earlier run; null until that is known. */
  readonly keptRows: number | null
  /** Null until the model has finished. */
  readonly run: ModelRun | null
}

export interface RunEnd extends RunResult {
  /** What has made times incomparable, one sentence each. */
  readonly disturbances: readonly string[]
}

/**
 * The first screen does without the engine; the page fetches it with the first file, long before a
 * comparison can start.
 */
export function loadEngine(): Promise<typeof Engine> {
  return import('../engine/run-evaluation')
}

/** A comparison while it runs, as the page shows it. */
export class RunState {
  isRunning = $state(false)
  /** In the order of the request. */
  progress = $state.raw<readonly ModelProgress[]>([])
  log = $state.raw<readonly LogEntry[]>([])
  rows = $state(0)
  /** Share of the comparison of all models that is done; null before it has begun. */
  comparing = $state<number | null>(null)
  /** What this run waits for at the GPU; null while it does not wait. */
  gpuHolder = $state<string | null>(null)
  metric = $state.raw<MetricInfo | null>(null)
  /** What the live region says next. */
  announcement = $state('')

  #run: EvaluationRun | null = null
  /** Also before the engine's code has come. */
  #isStopped = false
  #startedAt = 0
  #listeners: readonly ((event: RunEvent) => void)[] = []

  get finishedCount(): number {
    return this.progress.filter((model) => model.run !== null).length
  }

  subscribe(listener: (event: RunEvent) => void): () => void {
    this.#listeners = [...this.#listeners, listener]
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener)
    }
  }

  /** @param onRows rows done, of all models together */
  async start(request: RunRequest, onRows: (rowsDone: number) => void): Promise<RunEnd> {
    this.progress = request.models.map(({ id, name }) => ({
      modelId: id,
      name,
      phase: 'waiting',
      rowsDone: 0,
      rows: rowsToAnswer(request, id),
      rowsPerSecond: null,
      backend: request.plan.models.find((model) => model.modelId === id)?.backend ?? null,
      lane: null,
      keptRows: null,
      run: null,
    }))
    this.log = []
    this.gpuHolder = null
    this.comparing = null
    this.#startedAt = performance.now()
    this.rows = request.preparation.rows
    this.metric = request.metric
    this.isRunning = true
    this.announcement = `Started. ${request.plan.reason}`
    let isOver = false
    this.#isStopped = false
    const { runEvaluation } = await loadEngine()
    this.#run = runEvaluation(request, (event) => {
      // What a stopped run still says must not reach the next one.
      if (isOver) return
      this.#emit(event)
      if (event.type === 'model-progress') {
        onRows(this.progress.reduce((sum, model) => sum + model.rowsDone, 0))
      }
    })
    if (this.#isStopped) this.#run.cancel()
    const tab = new TabWatch(document, (text) => {
      this.note('warning', text)
    })
    try {
      const result = await this.#run.done
      // The log here has the run's own lines and those of the page around it, as they came.
      return { ...result, disturbances: tab.end(), events: this.log }
    } finally {
      isOver = true
      this.#run = null
      this.gpuHolder = null
      this.isRunning = false
    }
  }

  /** A line of the page's own in the log, while a comparison runs. */
  note(level: LogEntry['level'], text: string): void {
    if (!this.isRunning) return
    const at = Math.round(performance.now() - this.#startedAt)
    this.#emit({ type: 'log', entry: { at, level, text } })
  }

  cancel(): void {
    this.#isStopped = true
    this.#run?.cancel()
  }

  /** Ends a wait for the GPU. */
  useWasm(): void {
    this.#run?.useWasm()
  }

  #emit(event: RunEvent): void {
    this.#take(event)
    for (const listener of this.#listeners) listener(event)
  }

  #take(event: RunEvent): void {
    switch (event.type) {
      case 'log':
        this.log = [...this.log, event.entry]
        break
      case 'model-started':
        this.#patch(event.modelId, { phase: 'loading', lane: event.lane })
        break
      case 'model-progress': {
        const { rowsDone, rowsPerSecond, backend, phase } = event
        this.#noteKept(event.modelId, rowsDone)
        this.#patch(event.modelId, { rowsDone, rowsPerSecond, backend, phase })
        break
      }
      case 'model-finished':
        this.#finish(event.run)
        break
      case 'comparing':
        if (this.comparing === null) this.announcement = 'Comparing the models.'
        this.comparing = event.share
        break
      case 'waiting-for-gpu':
        this.gpuHolder = event.holder
        if (event.holder !== null)
          this.announcement = `Waiting for the GPU, which is taken by ${event.holder}.`
        break
    }
  }

  /** What a model has before its first own batch was kept. */
  #noteKept(modelId: string, rowsDone: number): void {
    const model = this.progress.find((other) => other.modelId === modelId)
    if (model?.keptRows === null) this.#patch(modelId, { keptRows: rowsDone })
  }

  #finish(run: ModelRun): void {
    this.#patch(run.modelId, { phase: 'finished', run })
    const name = this.progress.find((model) => model.modelId === run.modelId)?.name ?? ''
    const done = `${String(this.finishedCount)} of ${String(this.progress.length)}`
    const how = run.status === 'ok' ? 'finished' : run.status
    this.announcement = `${name} ${how}, ${done}.`
  }

  /** A finished model stays as it is: heartbeats of its last batch may come after its end. */
  #patch(modelId: string, change: Partial<ModelProgress>): void {
    this.progress = this.progress.map((model) =>
      model.modelId === modelId && model.run === null ? { ...model, ...change } : model,
    )
  }
}
