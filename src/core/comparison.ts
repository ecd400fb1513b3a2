import type { Direction } from './metric'

/** Two-sided level of every verdict; intervals hold the rest, 95 %. */
export const SIGNIFICANCE = 0.05
/** With fewer rows than these nothing is said of a difference. */
export const FEWEST_ROWS = 30
/** With fewer closed trades of either policy nothing is said of a difference. */
export const FEWEST_TRADES = 10

export type Interval = readonly [low: number, high: number]

/** What is said of a candidate against the baseline. */
export type ComparisonVerdict =
  | 'better'
  | 'worse'
  | 'no evidence of a difference'
  /** Or too few trades. */
  | 'too few rows to tell'

/** Where a p-value comes from; `describeTest` has the names in words. */
export type TestName =
  | 'mcnemar-exact'
  | 'mcnemar-mid-p'
  | 'delong'
  | 'diebold-mariano'
  | 'wilcoxon-exact'
  | 'wilcoxon-normal'
  | 'paired-bootstrap'
  | 'stationary-bootstrap'

/** A candidate against the baseline on one metric, over the same rows. */
export interface Comparison {
  /** Model names. */
  readonly baseline: string
  readonly candidate: string
  /** Metric id. */
  readonly metric: string
  /** The candidate's figure minus the baseline's. */
  readonly difference: number
  /** Of the difference, 95 %; null where resamples leave it undefined. */
  readonly interval: Interval | null
  readonly test: TestName | null
  readonly statistic: number | null
  readonly pValue: number | null
  /** By Holm's method over all candidates on this metric. */
  readonly adjustedPValue: number | null
  /**
   * `better` or `worse` where the adjusted p-value is below {@link SIGNIFICANCE} and the interval of
   * the difference lies on one side of 0; both must say so.
   */
  readonly verdict: ComparisonVerdict
  /** Rows behind it; bars for policies. */
  readonly rows: number
}

/** How the intervals of one metric were made. */
export interface IntervalMethod {
  readonly method: 'bca' | 'percentile' | 'delong' | 'stationary-bootstrap' | 'wilson'
  /** Null where nothing was resampled. */
  readonly resamples: number | null
}

/** Whether the best of several policies was just lucky. `Model`: how a policy is named. */
export interface PolicyLuck<Model> {
  readonly policies: readonly {
    readonly model: Model
    /** Probability of a true Sharpe ratio above 0; null where there is no ratio. */
    readonly probabilisticSharpe: number | null
    /** Of one above what the luckiest of all {@link trials} would show without any skill. */
    readonly deflatedSharpe: number | null
  }[]
  /** Policies that were given, those without figures too. */
  readonly trials: number
  /** By combinatorially symmetric cross-validation; null with one policy or too few bars. */
  readonly overfitting: {
    /** PBO: that the policy picked as best in one half is no better than the middle in the other. */
    readonly probability: number
    readonly splits: number
  } | null
  /** Ranks over walk-forward windows by the primary metric; null with fewer than two windows. */
  readonly windows: {
    readonly count: number
    /** 1 is best. */
    readonly averageRanks: readonly { readonly model: Model; readonly rank: number }[]
    /** Friedman's test that no policy differs, in the form of Iman and Davenport. */
    readonly pValue: number | null
    /** Nemenyi's: average ranks at least this far apart differ. */
    readonly criticalDifference: number
  } | null
}

/** What stands behind intervals and comparisons. */
export interface ReportStatistics {
  readonly seed: number
  /** Name of the model that the others are held against; null with fewer than two to compare. */
  readonly baseline: string | null
  /** That all models answered the same rows: a hash of their true answers, in order. */
  readonly pairing: { readonly rows: number; readonly sha256: string } | null
  /** By metric id. */
  readonly methods: Readonly<Record<string, IntervalMethod>>
  /**
   * Model names by the primary metric, best first; those of one group cannot be told apart. Empty
   * where that was not tested.
   */
  readonly tieGroups: readonly (readonly string[])[]
  /** Of backtests alone, by model name; null elsewhere. */
  readonly luck: PolicyLuck<string> | null
  /** Sentences: fewer resamples than usual, figures without an interval. */
  readonly notes: readonly string[]
  /** Why there are no comparisons although there could be; null where there are. */
  readonly problem: string | null
}

/** As {@link Comparison}, with ids of models in place of their names. */
export type ModelComparison = Omit<Comparison, 'baseline' | 'candidate'> & {
  readonly baselineId: string
  readonly candidateId: string
}

export interface ModelIntervals {
  readonly modelId: string
  /** By metric id. */
  readonly intervals: Readonly<Record<string, Interval>>
}

/** What is asked of all scored models together. Cloneable. */
export interface CompareRequest {
  /** Those with figures, in the order in which they were given. */
  readonly modelIds: readonly string[]
  /** How many were given, those without figures too. */
  readonly trials: number
  /** Null, or a model that has no figures: the first one that has some. */
  readonly baselineId: string | null
  readonly primaryMetric: string
  /** In the order of the task; others are left out. */
  readonly metrics: readonly { readonly id: string; readonly direction: Direction }[]
  readonly isTimeOrdered: boolean
  readonly seed: number
}

/** What comes of a {@link CompareRequest}. Cloneable. */
export interface ComparedModels {
  readonly seed: number
  /** Null with fewer than two models to compare. */
  readonly baselineId: string | null
  readonly pairing: ReportStatistics['pairing']
  readonly intervals: readonly ModelIntervals[]
  /** The primary metric first. */
  readonly comparisons: readonly ModelComparison[]
  readonly methods: ReportStatistics['methods']
  /** Model ids, best first; empty where that was not tested. */
  readonly tieGroups: readonly (readonly string[])[]
  /** By model id. */
  readonly luck: PolicyLuck<string> | null
  readonly notes: readonly string[]
}
