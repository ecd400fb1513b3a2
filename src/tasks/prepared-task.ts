import type { Dataset, Roles } from '../core/dataset'
import type { MetricInfo } from '../core/metric'
import type { Outcome } from '../core/failure'
import type { ChosenRows, RowChoice } from '../core/row-choice'
import type { ModelInfo } from '../core/model'
import type { MarketColumns, PolicySettings, PolicyWindow, WindowSettings } from '../core/policy'
import type {
  InputLayout,
  LabelMapping,
  ModelBinding,
  Targets,
  TaskKind,
  Tolerance,
} from '../core/task'
import type { BlockData } from './build-block'
import type { PolicyFit, SharedPolicySettings } from './policy/policy-settings'

export interface TaskRequest {
  readonly kind: TaskKind
  readonly roles: Roles
  readonly models: readonly ModelInfo[]
  /** Absent: every row that is complete. */
  readonly rows?: RowChoice
  /** With the kind `policy` alone. */
  readonly policy?: MarketRequest
  /** With the kind `parity` alone. */
  readonly parity?: ParityRequest
}

/** What answers are held against where none are recorded, and how close they have to be. */
export interface ParityRequest {
  readonly baselineId: string | null
  readonly tolerance: Tolerance
}

/** Where a market stands in the table, and how it is traded. */
export interface MarketRequest {
  readonly market: MarketColumns
  /** What the user has set; the rest has defaults. */
  readonly settings: Partial<PolicySettings>
  /** Null: the whole range alone. */
  readonly windows: WindowSettings | null
}

/** A task fitted to a dataset and to each model. */
export interface PreparedTask {
  readonly rows: number
  readonly droppedRows: number
  /** Missing values by column, largest first. */
  readonly droppedBy: readonly { readonly column: string; readonly rows: number }[]
  /** Null where no filter and no sample was asked for. */
  readonly chosen: ChosenRows | null
  /** Dataset row of each used row, rising; null where every row is used. */
  readonly index: Uint32Array | null
  readonly targets: Targets
  readonly labels: LabelMapping | null
  readonly layouts: readonly InputLayout[]
  /** By model id. A model that cannot be fed or read fails alone. */
  readonly bindings: Readonly<Record<string, Outcome<ModelBinding>>>
  readonly warnings: readonly string[]
  /** The column whose times rise from each used row to the next; null where there is none. */
  readonly timeColumn: string | null
  /** Rows that can only be answered together, ascending; null where rows are free. */
  readonly pieces: readonly RowRange[] | null
  readonly policy: PreparedPolicies | null
  /** The model that has to answer before others can be scored: the reference of a parity check. */
  readonly referenceId?: string
  /**
   * Rows `start` … `end − 1` of a layout, or the whole table where rows are led through a market; null
   * where there are no such rows or no such layout.
   */
  block(layout: number, start: number, end: number, isShared: boolean): TaskBlock | null
}

export interface RowRange {
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

export interface TaskBlock {
  readonly start: number
  readonly rows: number
  /** Texts for inputs that read texts. */
  readonly data: BlockData | readonly string[]
}

/** Policies as they were fitted to a market. */
export interface PreparedPolicies {
  readonly market: MarketColumns
  readonly bars: number
  /** The whole range, then walk-forward windows. */
  readonly windows: readonly PolicyWindow[]
  readonly shared: SharedPolicySettings
  /** As the chosen convention defines them. */
  readonly metrics: readonly MetricInfo[]
  /** By model id. */
  readonly fits: Readonly<Record<string, PolicyFit & { readonly path: string }>>
}

export type PrepareTask = (dataset: Dataset, request: TaskRequest) => Outcome<PreparedTask>
