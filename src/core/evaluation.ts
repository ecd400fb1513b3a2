import type { Failure } from './failure'
import type { ModelScores } from './report'

export type Backend = 'webgpu' | 'wasm'
export type BackendChoice = 'auto' | Backend

/** What the page knows of the machine. Plain data, so that plans can be tested without one. */
export interface Machine {
  /** `navigator.hardwareConcurrency`. */
  readonly cores: number
  /** `navigator.deviceMemory` in bytes, rounded and capped by the browser; null where unknown. */
  readonly memoryBytes: number | null
  readonly isIsolated: boolean
  readonly adapter: AdapterInfo | null
  /** Why there is no adapter; null where there is one. */
  readonly adapterProblem: string | null
}

export interface AdapterInfo {
  readonly vendor: string
  readonly architecture: string
  readonly description: string
  /** A software adapter: right answers, some 60 times slower than WASM. */
  readonly isFallback: boolean
  readonly hasShaderF16: boolean
}

/** The part of a `GPUAdapter` that is kept; a structural type, since core knows no browser. */
interface AdapterLike {
  readonly info: {
    readonly vendor: string
    readonly architecture: string
    readonly description: string
    readonly isFallbackAdapter: boolean
  }
  readonly features: { has(feature: string): boolean }
}

export function describeAdapter({ info, features }: AdapterLike): AdapterInfo {
  return {
    vendor: info.vendor,
    architecture: info.architecture,
    description: info.description,
    isFallback: info.isFallbackAdapter,
    hasShaderF16: features.has('shader-f16'),
  }
}

export interface EvaluationSettings {
  readonly backend: BackendChoice
  /** Null: as many as the machine bears. */
  readonly lanes: number | null
  readonly sequentialUpTo: number
  /** Null: found while running. */
  readonly batchSize: number | null
  readonly seed: number
  /** Whether answers that an earlier run has left on disk are used again. */
  readonly useKept: boolean
}

export const DEFAULT_SETTINGS: EvaluationSettings = {
  backend: 'auto',
  lanes: null,
  sequentialUpTo: 2,
  batchSize: null,
  seed: 0,
  useKept: true,
}

export interface ModelTiming {
  /** Session creation, runtime start included on the first load of a lane. */
  readonly loadMs: number
  /**
   * The first batch: shader compilation on WebGPU, warm-up on WASM. Null where the machine slept
   * meanwhile.
   */
  readonly firstBatchMs: number | null
  /** All batches, first included; without those during which the machine slept. */
  readonly totalMs: number
  /** Over all batches but the first. */
  readonly rowsPerSecond: number | null
  readonly batchMs: { readonly p50: number | null; readonly p95: number | null }
}

/** A way of running a model that was tried and left, with the reason. */
export interface ModelAttempt {
  readonly backend: Backend
  readonly threads: number
  /** Upper bound of the batch size after running out of memory; null where there was none. */
  readonly batchLimit: number | null
  readonly failure: Failure
}

/** The same rows answered by WASM and by the GPU. */
export interface Parity {
  readonly rows: number
  /** Largest absolute difference of any number. */
  readonly maxDifference: number
  readonly agrees: boolean
}

/** How one model's part of a run ended. */
export interface ModelRun {
  readonly modelId: string
  readonly status: 'ok' | 'failed' | 'cancelled' | 'skipped'
  readonly failure: Failure | null
  /** Times that the model was tried, the last one included; 0 where it was never run. */
  readonly attempts: number
  /** The attempts that failed, in order. */
  readonly failedAttempts: readonly ModelAttempt[]
  /** Rows whose answers were kept from an earlier run and not computed again. */
  readonly keptRows: number
  /** When the newest of them was kept, in milliseconds since 1970; null where none was. */
  readonly keptAt: number | null
  /** Null on WASM, which is the reference itself. */
  readonly parity: Parity | null
  /** Most memory that the runtime held, with where the figure comes from; null where unknown. */
  readonly memory: { readonly bytes: number; readonly source: string } | null
  readonly backend: Backend | null
  readonly threads: number | null
  readonly batchSize: number | null
  readonly timing: ModelTiming | null
  readonly scores: ModelScores | null
}

export interface LogEntry {
  /** Milliseconds from the start of the run. */
  readonly at: number
  readonly level: 'info' | 'warning' | 'error'
  readonly text: string
  readonly model?: string
  readonly lane?: number
}

/** What a run tells while it goes on. */
export type RunEvent =
  | { readonly type: 'log'; readonly entry: LogEntry }
  | { readonly type: 'model-started'; readonly modelId: string; readonly lane: number }
  | {
      readonly type: 'model-progress'
      readonly modelId: string
      readonly rowsDone: number
      readonly rowsPerSecond: number | null
      readonly backend: Backend
      readonly phase: 'loading' | 'first-batch' | 'running' | 'scoring'
    }
  | { readonly type: 'model-finished'; readonly run: ModelRun }
  /** All models have ended and are being compared. */
  | { readonly type: 'comparing'; readonly share: number }
  /** Another evaluation holds the GPU; null when the wait has ended. */
  | { readonly type: 'waiting-for-gpu'; readonly holder: string | null }
