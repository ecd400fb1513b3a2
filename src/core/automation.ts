import type { CapName } from './caps'
import type { DatasetInfo, Roles } from './dataset'
import type { EvaluationSettings, LogEntry, RunEvent } from './evaluation'
import type { Failure, Outcome } from './failure'
import type { ImageOptions } from './image-settings'
import type { MetricInfo } from './metric'
import type { ModelInfo } from './model'
import type { Part, Share } from './part'
import type { Report, ReportModel } from './report'
import type { RowSample } from './row-choice'
import type { TaskInfo, TaskKind, Tolerance } from './task'

/**
 * What the page offers, as `window.bakeoff`, to a program that drives it; the headless command is
 * one. Files arrive through the page's `<input type="file" data-automation="files">`, as a user's
 * would. Every value here can be cloned. No promise rejects, and each settles: the page keeps the
 * deadlines of its workers.
 */
export interface Automation {
  readonly version: string
  /** Raises limits of the readers for every file that is given from now on. */
  raiseCaps(limits: readonly (readonly [CapName, number])[]): Promise<void>
  /** Waits until every file given so far is read, or has failed to be. */
  settled(): Promise<AutomationFiles>
  /** Replaces what the page proposed; what is null keeps the proposal. */
  configure(settings: AutomationSettings): Promise<Outcome<AutomationSetup>>
  /** Runs what is set up. Fails only where there is no report at all. */
  run(): Promise<Outcome<AutomationResult>>
  /**
   * Answers one share of what is set up, and hands the answers out instead of scoring them: a file
   * for `merge`.
   */
  runShare(share: Share): Promise<Outcome<ShareResult>>
  /** One more part for {@link merge}. */
  addPart(fileName: string, part: Part): void
  /** Makes one report of the parts that were added. */
  merge(): Promise<Outcome<AutomationResult>>
  /** Times the models of the last run side by side: the same result, its report with `speed`. */
  testSpeed(): Promise<Outcome<AutomationResult>>
  /** Ends a run within 100 ms; {@link run} then answers with what was finished. */
  cancel(): void
  /** Calls `listener` for every event of every run from now on. */
  subscribe(listener: (event: RunEvent) => void): void
}

export interface AutomationSettings {
  readonly kind: TaskKind | null
  /** Id of a metric of the task. */
  readonly metric: string | null
  readonly target: string | null
  /** In the order that models read them. */
  readonly features: readonly string[] | null
  /** Columns with recorded answers, of a parity check. */
  readonly reference: readonly string[] | null
  /** How close an answer has to be in a parity check. */
  readonly tolerance: Tolerance | null
  /** Labels that differ in spelling alone are classes of their own. */
  readonly distinctLabels?: boolean
  /** Conditions as `COLUMN CONDITION`, all of which hold for every row that is compared. */
  readonly filter: readonly string[] | null
  readonly sample: RowSample | null
  /** `MODEL:INPUT=COLUMN,…`: which columns feed an input. */
  readonly maps?: readonly string[]
  /** `MODEL:OUTPUT`: which output is the answer. */
  readonly outputs?: readonly string[]
  /** How images are read. */
  readonly images?: ImageOptions
  /** Shown name or file name of a model. */
  readonly baseline: string | null
  /** `key=value,…` of a backtest: settings and columns, lists joined with `|`. */
  readonly policy: string | null
  /** `initial=N,step=N` of a walk-forward; null: the whole range alone. */
  readonly windows: string | null
  readonly evaluation: Partial<EvaluationSettings>
  /** A saved recipe as text: what was not given above is as in it. */
  readonly recipe?: { readonly fileName: string; readonly text: string }
}

/** What the page holds after reading. */
export interface AutomationFiles {
  readonly models: readonly ModelInfo[]
  readonly dataset: DatasetInfo | null
  /** Files that could not be read, by file name. */
  readonly failures: readonly { readonly fileName: string; readonly failure: Failure }[]
}

/** What a run would do now. */
export interface AutomationSetup {
  readonly kind: TaskKind
  readonly metric: string
  /** That the report will hold. */
  readonly metrics: readonly MetricInfo[]
  readonly roles: Roles
  /** How the compared rows were chosen; null where no filter and no sample was asked for. */
  readonly rows: string | null
  /** The plan's sentence. */
  readonly plan: string
}

export interface ShareResult {
  readonly part: Part
  /** How each model ended; those without a row in this share as well. */
  readonly models: readonly Pick<ReportModel, 'name' | 'status' | 'error'>[]
  readonly events: readonly LogEntry[]
}

export interface AutomationResult {
  readonly report: Report
  /** Labels, units and order of the metrics. */
  readonly task: TaskInfo
  /** The sentence at the top of the page. */
  readonly verdict: string
}

declare global {
  interface Window {
    /** Absent until the page has started. */
    bakeoff?: Automation
  }
}
