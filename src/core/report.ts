import type { AdapterInfo, Backend, LogEntry, ModelTiming, Parity } from './evaluation'
import type { Comparison, Interval, ReportStatistics } from './comparison'
import type { ColumnType, Roles } from './dataset'
import type { Failure } from './failure'
import type { ChosenRows } from './row-choice'
import type { Direction, MetricInfo, MetricValue } from './metric'
import type { ClassLabel, TaskKind } from './task'
import type { TensorType, ValueInfo } from './model'
import type { Trade } from './policy'
import type { SpeedTest } from './speed'

export const REPORT_SCHEMA = 'bakeoff.report/1'

export interface PerClass {
  readonly label: ClassLabel
  readonly support: number
  readonly precision: MetricValue
  readonly recall: MetricValue
  readonly f1: MetricValue
}

/** A curve as two columns of equal length. */
export interface Curve {
  readonly x: readonly number[]
  readonly y: readonly number[]
}

/** One curve per class (one in all for two classes), at most a few hundred points each. */
export interface ClassCurve extends Curve {
  readonly label: ClassLabel
  readonly area: MetricValue
}

/** Scores that one class was given, in equal-width bins of 0 to 1, apart by the true class. */
export interface ClassScores {
  readonly label: ClassLabel
  /** By bin: rows of the class. */
  readonly ofClass: readonly number[]
  /** By bin: rows of all other classes. */
  readonly ofRest: readonly number[]
}

export interface Residuals {
  /** Predicted minus true, in equal-width bins: `edges` has one more entry than `counts`. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
  /** A sample of rows for predicted against true. */
  readonly truth: readonly number[]
  readonly predicted: readonly number[]
}

/** Rows by their largest absolute difference. */
export interface DifferenceHistogram {
  /** Rising powers and half powers of ten; one more than `counts`, none without. */
  readonly edges: readonly number[]
  readonly counts: readonly number[]
  /** Rows without any difference. */
  readonly identical: number
  /** Rows with NaN or infinity on one side alone. */
  readonly unsized: number
}

/** One row of a parity check, where it strays furthest. */
export interface ParityRow {
  /** Of the table, from 1. */
  readonly row: number
  /** Null where it has no size (NaN against a number), and without numbers. */
  readonly difference: number | null
  /** `logits[3]`; null without numbers. */
  readonly output: string | null
  /** There; a text for NaN and infinities. */
  readonly expected: number | string | null
  readonly answered: number | string | null
  /** That of the reference, and the answered one. */
  readonly classes: readonly [string, string] | null
}

/** One model held against a reference. */
export interface ParityDetails {
  /** `itself`: this model is the reference. */
  readonly against: 'baseline' | 'recorded' | 'itself'
  readonly outputs: readonly {
    readonly output: string
    /** Empty: all recorded columns together. */
    readonly counterpart: string
    readonly width: number
    readonly kind: 'labels' | 'values'
    readonly type: TensorType
  }[]
  readonly rows: number
  /** Compared numbers of all rows. */
  readonly numbers: number
  /** `|answer − reference| ≤ absolute + relative · |reference|`. */
  readonly tolerance: { readonly absolute: number; readonly relative: number }
  /** Rows with every number within the tolerance; null without numbers. */
  readonly closeRows: number | null
  /** Rows whose class changes; null where the answers tell no class. */
  readonly changedRows: number | null
  readonly differences: DifferenceHistogram | null
  /** The furthest first, at most 20. */
  readonly worst: readonly ParityRow[]
}

export interface ModelDetails {
  /** `confusion[true][predicted]`, rows. */
  readonly confusion?: readonly (readonly number[])[]
  readonly roc?: readonly ClassCurve[]
  readonly precisionRecall?: readonly ClassCurve[]
  /** Top-class confidence against accuracy in 15 equal-width bins. */
  readonly calibration?: {
    readonly confidence: readonly MetricValue[]
    readonly accuracy: readonly MetricValue[]
    readonly counts: readonly number[]
  }
  /** One entry per class (one in all for two classes). */
  readonly scores?: readonly ClassScores[]
  readonly residuals?: Residuals
  readonly policy?: PolicyDetails
  readonly parity?: ParityDetails
}

/** One walk-forward window. */
export interface WindowScores {
  readonly index: number
  /** Rows of the table. */
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** Time of the first bar and of the last one, ISO 8601 in UTC; null without a time column. */
  readonly startTime: string | null
  readonly endTime: string | null
  readonly partial: boolean
  readonly metrics: Readonly<Record<string, MetricValue>>
  /** The file that was run in this window, where the model has one for each. */
  readonly checkpoint?: string
}

/** A curve over bars, thinned to at most a few thousand marks that keep its peaks. */
export interface EquityCurve {
  /** Rows of the table. */
  readonly rows: readonly number[]
  /** Of each mark, milliseconds since 1970 (UTC); null without a time column. */
  readonly times: readonly number[] | null
  readonly equity: readonly number[]
  /** 0 or below. */
  readonly drawdown: readonly number[]
}

/** Times are those of the bars of the fills, ISO 8601 in UTC; null without a time column. */
export interface TimedTrade extends Trade {
  readonly entryTime: string | null
  readonly exitTime: string | null
}

/** What a policy did over the whole range. */
export interface PolicyDetails {
  readonly equity: EquityCurve
  /** A long position held from the first bar to the last. */
  readonly buyAndHold: EquityCurve
  /** The first ones; {@link tradeCount} in all. */
  readonly trades: readonly TimedTrade[]
  readonly tradeCount: number
  readonly actions: readonly { readonly action: string; readonly count: number }[]
  readonly cost: {
    readonly fees: readonly number[]
    readonly totalReturns: readonly MetricValue[]
    readonly breakEvenFee: number | null
  } | null
  /** Why there is no cost curve. */
  readonly costReason: string | null
  readonly isRuined: boolean
  /** Null for a policy without a recurrent state, and where it was left out. */
  readonly stateReset: StateReset | null
}

/** The same policy over the same bars, its recurrent state set to zero before each of them. */
export interface StateReset {
  readonly metrics: Readonly<Record<string, MetricValue>>
  /** Bars at which both decided. */
  readonly bars: number
  /** Share of these bars at which it chose another action. */
  readonly changedShare: MetricValue
  /** Then one other action changes what it sees later, and can lead to more. */
  readonly readsAccount: boolean
}

/** What the analysis worker makes of one model's answers. */
export interface ModelScores {
  readonly metrics: Readonly<Record<string, MetricValue>>
  readonly perClass: readonly PerClass[] | null
  readonly details: ModelDetails
  /** Of a policy in walk-forward windows; null elsewhere. */
  readonly windows: readonly WindowScores[] | null
  /** Sentences on how the answers were read: logits, the label mapping. */
  readonly notes: readonly string[]
  /** Sentences on what is odd: NaN answers, the same answer everywhere. */
  readonly warnings: readonly string[]
}

/** A way of running a model that was tried and left. */
export interface ReportAttempt {
  readonly backend: Backend
  readonly threads: number
  /** Upper bound of the batch size after running out of memory; null where there was none. */
  readonly batchLimit: number | null
  readonly error: Pick<Failure, 'code' | 'message'>
}

export interface ReportModel {
  readonly name: string
  readonly sha256: string
  readonly bytes: number
  readonly format: 'onnx' | 'ort' | 'sb3-zip'
  readonly parameters: number
  readonly opset: number | null
  readonly inputs: readonly Pick<ValueInfo, 'name' | 'type' | 'shape'>[]
  readonly outputs: readonly Pick<ValueInfo, 'name' | 'type' | 'shape'>[]
  readonly status: 'ok' | 'failed' | 'cancelled' | 'skipped'
  readonly error: Pick<Failure, 'code' | 'message' | 'advice'> | null
  readonly attempts: number
  /** The attempts that failed, in order. */
  readonly failedAttempts: readonly ReportAttempt[]
  /** Rows whose answers an earlier run had left on disk: they were not computed again. */
  readonly keptRows: number
  /** When the newest of them was kept; null where none was. ISO 8601. */
  readonly keptAt: string | null
  /** The GPU's answers against WASM's; null on WASM, the reference itself. */
  readonly parity: Parity | null
  /** Most memory that the runtime held, with where the figure comes from; null where unknown. */
  readonly memory: { readonly bytes: number; readonly source: string } | null
  readonly backend: Backend | null
  readonly threads: number | null
  readonly batchSize: number | null
  /** Of the run that computed the answers: an earlier one where all rows were kept. */
  readonly timing: ModelTiming | null
  readonly metrics: Readonly<Record<string, MetricValue>>
  /** 95 %, by metric id; a metric without one is left out. */
  readonly intervals: Readonly<Record<string, Interval>>
  readonly perClass: readonly PerClass[] | null
  readonly windows: readonly WindowScores[] | null
  readonly details: ModelDetails
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
  /** Of a policy with a file per window, in the order of the windows; absent for one file. */
  readonly checkpoints?: readonly Pick<ReportModel, 'name' | 'sha256' | 'bytes'>[]
}

/** Columns of a market beside those that are observed; null and absent where there are none. */
export interface MarketRoles {
  readonly time: string | null
  readonly open?: string | null
  readonly close?: string | null
  readonly spread?: string | null
}

/** The whole comparison as one JSON document: `bakeoff.report/1`. Every number is finite. */
export interface Report {
  readonly schema: typeof REPORT_SCHEMA
  readonly createdAt: string
  readonly generator: { readonly name: string; readonly version: string }
  readonly environment: {
    readonly userAgent: string
    readonly cores: number
    readonly crossOriginIsolated: boolean
    readonly adapter: Omit<AdapterInfo, 'hasShaderF16'> | null
    readonly runtime: { readonly name: string; readonly version: string }
    /** Why times of this run cannot be compared with others, one sentence each. */
    readonly disturbances: readonly string[]
  }
  readonly dataset: {
    readonly name: string
    readonly sha256: string
    /** Rows that every model answered. */
    readonly rows: number
    readonly columns: readonly { readonly name: string; readonly type: ColumnType }[]
    readonly roles: Roles & MarketRoles
    /** Rows that miss a value, of those that the filter lets through. */
    readonly droppedRows: number
    /** Null where no filter and no sample was asked for. */
    readonly chosen: ChosenRows | null
    readonly warnings: readonly string[]
  }
  readonly task: {
    readonly kind: TaskKind
    readonly settings: Readonly<Record<string, string | number | boolean | null>>
    readonly classes: readonly ClassLabel[] | null
  }
  readonly plan: {
    readonly mode: 'sequential' | 'pool'
    readonly lanes: number
    readonly sequentialUpTo: number
    readonly reason: string
    readonly backends: Readonly<Record<string, Backend>>
  }
  /** Labels, units and directions of the figures in `models`, in the order of the leaderboard. */
  readonly metrics: readonly MetricInfo[]
  readonly primaryMetric: { readonly id: string; readonly direction: Direction }
  readonly models: readonly ReportModel[]
  readonly ranking: readonly string[]
  /** Every candidate against the baseline, the primary metric first. */
  readonly comparisons: readonly Comparison[]
  /** Null where nothing was compared. */
  readonly statistics: ReportStatistics | null
  readonly events: readonly LogEntry[]
  /** Of the last speed test; absent where none was asked for. */
  readonly speed?: SpeedTest
}

/** A past comparison as it travels between browsers. */
export interface HistoryEntry {
  readonly name: string
  readonly report: Report
}

export interface ReadHistory {
  readonly entries: readonly HistoryEntry[]
  /** Why others were not read. */
  readonly failures: readonly Failure[]
}
