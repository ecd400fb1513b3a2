import type { Preparation } from '../contract/reader'
import type { ComparedModels } from '../core/comparison'
import type { DatasetInfo, Roles } from '../core/dataset'
import type { LogEntry, ModelRun } from '../core/evaluation'
import type { KeptRows } from '../core/exploration'
import type { Outcome } from '../core/failure'
import type { MetricInfo } from '../core/metric'
import type { ExternalFile, ModelInfo } from '../core/model'
import type { TaskKind } from '../core/task'
import type { BroughtIn, HandedOut } from './answer-exchange'
import type { GpuHealth } from './gpu-health'
import type { Journal } from './journal'
import type { EvaluationPlan } from './plan'
import type { ReaderClient } from './reader-client'

export interface RunRequest {
  readonly kind: TaskKind
  readonly metric: MetricInfo
  readonly comparison: {
    /** All of the task, as the chosen convention defines them. */
    readonly metrics: readonly MetricInfo[]
    /** The model that the others are held against. */
    readonly baselineId: string | null
    readonly seed: number
  }
  readonly dataset: DatasetInfo
  readonly roles: Roles
  readonly models: readonly ModelInfo[]
  /** By model id: what an evaluator loads. */
  readonly files: ReadonlyMap<string, Blob>
  /** By model id: the files of weights beside it; absent for models without. */
  readonly external?: ReadonlyMap<string, readonly ExternalFile[]>
  readonly preparation: Preparation
  readonly plan: EvaluationPlan
  readonly reader: ReaderClient
  readonly gpu: GpuHealth
  /** Null: nothing is saved and nothing kept is used. */
  readonly journal: Journal | null
  /** False: what is kept of these models on this dataset is deleted and computed anew. */
  readonly useKept: boolean
  /** Absent: every row is answered, and scored. */
  readonly handedOut?: HandedOut
  /** Absent: answers come from evaluators and from the journal. */
  readonly broughtIn?: BroughtIn
}

export interface RunResult {
  /** In the order of the request. */
  readonly runs: readonly ModelRun[]
  /** Null where nothing was to compare; a failure costs the models' figures nothing. */
  readonly compared: Outcome<ComparedModels> | null
  readonly events: readonly LogEntry[]
  readonly runtime: { readonly name: string; readonly version: string } | null
  /**
   * What the models said of every row, kept by the reader; null where there is nothing to look at. A
   * failure costs no figure.
   */
  readonly rows: Outcome<KeptRows> | null
  readonly isCancelled: boolean
}

export interface EvaluationRun {
  /** Always settles, never rejects. */
  readonly done: Promise<RunResult>
  /** Answers within 100 ms: workers are terminated, what is finished is kept. */
  cancel(): void
  /** Ends a wait for the GPU: this run goes on on WASM. */
  useWasm(): void
}
