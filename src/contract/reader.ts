import type { DatasetInfo, Roles } from '../core/dataset'
import type { Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type {
  InputLayout,
  LabelMapping,
  ModelBinding,
  Targets,
  TaskInfo,
  TaskKind,
} from '../core/task'

export type Numbers =
  | Float32Array
  | Float64Array
  | Float16Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array

/**
 * Rows `start` … `start + rows − 1` of one layout, row-major. Backed by shared memory where the
 * page is isolated, so that every lane reads the same bytes; else a copy goes to each lane.
 */
export interface InputBlock {
  readonly layout: number
  readonly start: number
  readonly rows: number
  readonly data: Numbers | readonly string[]
}

export interface Proposal {
  readonly kind: TaskKind
  readonly roles: Roles
  readonly metric: string
  /** One sentence: why this task and these columns. */
  readonly reason: string
}

export interface PrepareRequest {
  readonly datasetId: string
  readonly kind: TaskKind
  readonly roles: Roles
  readonly models: readonly ModelInfo[]
}

/** A task fitted to a dataset and to each model, ready to run. Cloneable; holds no rows. */
export interface Preparation {
  /** Rows with target and every feature present. */
  readonly rows: number
  readonly droppedRows: number
  /** Why rows were dropped: missing values by column, largest first. */
  readonly droppedBy: readonly { readonly column: string; readonly rows: number }[]
  readonly labels: LabelMapping | null
  readonly layouts: readonly InputLayout[]
  /** By model id. A model that cannot be fed or read fails alone. */
  readonly bindings: Readonly<Record<string, Outcome<ModelBinding>>>
  readonly warnings: readonly string[]
}

export type ReadProgress = (doneBytes: number, totalBytes: number) => void

/** `workers/reader.worker.ts`: files become models and datasets, rows become input blocks. */
export interface ReaderApi {
  /** Every task that Bakeoff knows, with its metrics. */
  tasks(): Promise<readonly TaskInfo[]>
  readModel(file: File, id: string): Promise<Outcome<ModelInfo>>
  readDataset(file: File, id: string, onProgress: ReadProgress): Promise<Outcome<DatasetInfo>>
  /** Forgets a dataset and frees its memory. */
  dropDataset(id: string): Promise<void>
  propose(datasetId: string, models: readonly ModelInfo[]): Promise<Outcome<Proposal>>
  /** Fits a task; later calls of {@link targets} and {@link block} answer for the latest fit. */
  prepare(request: PrepareRequest): Promise<Outcome<Preparation>>
  targets(): Promise<Outcome<Targets>>
  block(layout: number, start: number, end: number): Promise<Outcome<InputBlock>>
}
