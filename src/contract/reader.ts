import type { CapName, CappedFile } from '../core/caps'
import type { DatasetInfo, Roles } from '../core/dataset'
import type {
  KeptRows,
  ModelAnswers,
  RowField,
  RowQuery,
  RowsRequest,
  RowWindow,
  SliceSurvey,
} from '../core/exploration'
import type { Outcome } from '../core/failure'
import type { ImageSettings } from '../core/image-settings'
import type { MetricInfo } from '../core/metric'
import type { ModelInfo } from '../core/model'
import type {
  AccountFeature,
  ActionMeaning,
  MarketColumns,
  PolicySettings,
  PolicyWindow,
  WindowSettings,
} from '../core/policy'
import type { ReadHistory, Report } from '../core/report'
import type { SeenImage } from '../core/seen-image'
import type { ChosenRows, RowChoice } from '../core/row-choice'
import type {
  InputLayout,
  LabelMapping,
  ModelBinding,
  Targets,
  TaskInfo,
  TaskKind,
  Tolerance,
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
  /** Which column plays which part of a market; null where no model is a policy. */
  readonly market: MarketColumns | null
}

/** What a policy comparison asks for beyond its columns. */
export interface PolicyRequest {
  readonly market: MarketColumns
  /** What the user has set; the rest has defaults. */
  readonly settings: Partial<PolicySettings>
  /** Null: the whole range alone. */
  readonly windows: WindowSettings | null
}

/** What the options `--policy` and `--windows` of the command ask for. */
export interface PolicyOptionsRead {
  readonly settings: Partial<PolicySettings>
  /** Null: the user wants no such column. */
  readonly columns: Partial<Omit<MarketColumns, 'observations'>>
  /** Absent where nothing was said of windows. */
  readonly windows?: WindowSettings
}

/** A policy comparison as it was fitted, for the page to show. */
export interface PolicyPreparation {
  readonly market: MarketColumns
  /** Bars of the table. */
  readonly bars: number
  readonly windows: readonly PolicyWindow[]
  readonly shared: Omit<PolicySettings, 'actions' | 'accountFeatures'>
  /** As the chosen convention defines them: it can turn a metric's sign and so its direction. */
  readonly metrics: readonly MetricInfo[]
  /** By model id. */
  readonly fits: Readonly<
    Record<
      string,
      {
        readonly actions: readonly ActionMeaning[]
        readonly accountFeatures: readonly AccountFeature[]
        /** How it is run and why. */
        readonly path: string
      }
    >
  >
}

export interface PrepareRequest {
  readonly datasetId: string
  readonly kind: TaskKind
  readonly roles: Roles
  readonly models: readonly ModelInfo[]
  /** Absent: every row that is complete. */
  readonly rows?: RowChoice
  /** With the kind `policy` alone. */
  readonly policy?: PolicyRequest
  /** With the kind `parity` alone. */
  readonly parity?: { readonly baselineId: string | null; readonly tolerance: Tolerance }
}

/** A task fitted to a dataset and to each model, ready to run. Cloneable; holds no rows. */
export interface Preparation {
  /** Rows that are compared: chosen, with target and every feature present. */
  readonly rows: number
  readonly droppedRows: number
  /** Why rows were dropped: missing values by column, largest first. */
  readonly droppedBy: readonly { readonly column: string; readonly rows: number }[]
  /** Null where no filter and no sample was asked for. */
  readonly chosen: ChosenRows | null
  readonly labels: LabelMapping | null
  readonly layouts: readonly InputLayout[]
  /** By model id. A model that cannot be fed or read fails alone. */
  readonly bindings: Readonly<Record<string, Outcome<ModelBinding>>>
  readonly warnings: readonly string[]
  /** The column whose times rise from each used row to the next; null where there is none. */
  readonly timeColumn: string | null
  /** Rows that can only be answered together (whole windows), ascending; null where rows are free. */
  readonly pieces: readonly { readonly start: number; readonly end: number }[] | null
  readonly policy: PolicyPreparation | null
  /** The model that has to answer before others can be scored: the reference of a parity check. */
  readonly referenceId?: string
}

/** Rows as a file; see {@link RowsRequest}. */
export interface RowsFileRequest {
  readonly id: string
  readonly query: RowQuery
  readonly fields: readonly RowField[]
  /** Of the columns, one per field. */
  readonly heads: readonly string[]
  readonly limit: number
}

export interface SlicesRequest {
  readonly id: string
  readonly metric: string
}

export type ReadProgress = (doneBytes: number, totalBytes: number) => void

/** `workers/reader.worker.ts`: files become models and datasets, rows become input blocks. */
export interface ReaderApi {
  /** Every task that Bakeoff knows, with its metrics. */
  tasks(): Promise<readonly TaskInfo[]>
  /** @param companions files that were added with it, among which its weights are looked for */
  readModel(file: File, id: string, companions?: readonly File[]): Promise<Outcome<ModelInfo>>
  /** What an evaluator loads: the model itself, or the ONNX graph that was made of it. */
  runnable(id: string): Promise<Outcome<Blob>>
  /**
   * Reads policies of Stable-Baselines3 again, with the statistics of `VecNormalize` that they were
   * trained with: the `.pkl` of `VecNormalize.save()`, or JSON. Their hashes change with it. Where one of
   * them cannot take the statistics, none does.
   */
  normalize(ids: readonly string[], file: File): Promise<Outcome<readonly ModelInfo[]>>
  /** Reads a report back, from JSON or from the HTML report that holds it. */
  readReport(file: File): Promise<Outcome<Report>>
  /** Reads an exported history, or a single report. */
  readHistory(file: File): Promise<Outcome<ReadHistory>>
  /** One dataset of one file or several, which have the same columns or are arrays side by side. */
  readDataset(
    files: File | readonly File[],
    id: string,
    onProgress: ReadProgress,
  ): Promise<Outcome<DatasetInfo>>
  /** Raises a limit for one file, or for every file that is read from now on. */
  raiseCap(file: CappedFile | null, name: CapName, to: number): Promise<void>
  /** Forgets a dataset and frees its memory. */
  dropDataset(id: string): Promise<void>
  /** Reads a dataset's images as the models want them, and as the user chose where something is chosen. */
  fitImages(
    datasetId: string,
    models: readonly ModelInfo[],
    chosen: Partial<ImageSettings>,
  ): Promise<Outcome<DatasetInfo>>
  /** The first `count` images as the models see them. */
  seenImages(datasetId: string, count: number): Promise<Outcome<readonly SeenImage[]>>
  propose(datasetId: string, models: readonly ModelInfo[]): Promise<Outcome<Proposal>>
  /** Reads `key=value,…` of the options `--policy` and `--windows`; null where one is not given. */
  policyOptions(policy: string | null, windows: string | null): Promise<Outcome<PolicyOptionsRead>>
  /** Fits a task; later calls of {@link targets} and {@link block} answer for the latest fit. */
  prepare(request: PrepareRequest): Promise<Outcome<Preparation>>
  targets(): Promise<Outcome<Targets>>
  block(layout: number, start: number, end: number): Promise<Outcome<InputBlock>>
  /**
   * Keeps what models said of the rows of the latest fit, in place of what was kept before, until the
   * dataset is dropped. Takes ownership of the answers.
   */
  keepRows(answers: readonly ModelAnswers[]): Promise<Outcome<KeptRows>>
  /** Forgets them and frees their memory. */
  releaseRows(): Promise<void>
  rows(request: RowsRequest): Promise<Outcome<RowWindow>>
  /** CSV, safe to open in a spreadsheet. */
  rowsFile(request: RowsFileRequest): Promise<Outcome<Blob>>
  /** @param onProgress gets the columns done, of all; other calls have their turn in between */
  slices(
    request: SlicesRequest,
    onProgress: (done: number, of: number) => void,
  ): Promise<Outcome<SliceSurvey>>
}
