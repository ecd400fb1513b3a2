import type { ColumnInfo } from './dataset'
import type { MetricValue } from './metric'
import type { ClassLabel, TaskKind } from './task'

/** What one model said of every used row, in the order of the rows. */
export type ModelAnswers = ClassAnswers | ValueAnswers | ParityRowAnswers

export interface ClassAnswers {
  readonly kind: 'classification'
  readonly modelId: string
  /** The comparison's classes, then foreign labels that this model answered. */
  readonly labels: readonly ClassLabel[]
  /** By row: index into `labels`. */
  readonly predicted: Int32Array
  /** Probability of the answered class, 0 to 1; null for models that answer labels alone. */
  readonly confidence: Float32Array | null
}

export interface ValueAnswers {
  readonly kind: 'regression'
  readonly modelId: string
  readonly predicted: Float32Array | Float64Array
}

/** One model held against a reference, where each row strays furthest. */
export interface ParityRowAnswers {
  readonly kind: 'parity'
  readonly modelId: string
  /** Infinity where it has no size (NaN against a number); null where labels alone are compared. */
  readonly difference: Float64Array | null
  /** Column, counted through `outputs`, of the number that strays furthest. */
  readonly place: Int32Array
  readonly outputs: readonly { readonly output: string; readonly width: number }[]
  /** The reference's number there, and the answered one. */
  readonly expected: Float64Array
  readonly given: Float64Array
  /** 1 where every number is within the tolerance. */
  readonly isClose: Uint8Array
  /** −1 where a score is NaN; null where the answers tell no class. */
  readonly classes: { readonly reference: Int32Array; readonly answered: Int32Array } | null
  /** Null: the numbers themselves. */
  readonly classNames: readonly string[] | null
}

/** The rows of the latest comparison, as the page knows them. Models go by their place in `modelIds`. */
export interface KeptRows {
  /** Changes with every comparison: rows of an earlier one are not taken for these. */
  readonly id: string
  readonly kind: TaskKind
  readonly modelIds: readonly string[]
  /** Rows that were compared. */
  readonly rows: number
  /** Rows of the table. */
  readonly tableRows: number
  readonly columns: readonly ColumnInfo[]
  /** By model: whether it gives probabilities; false throughout for regression. */
  readonly hasConfidence: readonly boolean[]
  /** Of a parity check: whether answers tell a class; absent elsewhere. */
  readonly hasClasses?: boolean
  readonly counts: RowCounts
  /** Ids of the metrics that slices can have, in the order of the task. */
  readonly sliceMetrics: readonly string[]
}

/** Rows of each {@link RowView}. */
export interface RowCounts {
  readonly differ: number
  /** 0 for regression, where no answer is simply wrong. */
  readonly anyWrong: number
  readonly allWrong: number
  /** `only[right][wrong]`, 0 on the diagonal. */
  readonly only: readonly (readonly number[])[]
}

/** Which rows are looked at, by what the models said of them. */
export type RowView =
  | { readonly kind: 'all' }
  /** At least two models gave different answers. */
  | { readonly kind: 'differ' }
  | { readonly kind: 'any-wrong' }
  | { readonly kind: 'all-wrong' }
  /**
   * One model is right and another wrong; for regression, one is closer than the other. In a parity
   * check right is the class of the reference, or without classes: within the tolerance.
   */
  | { readonly kind: 'only'; readonly right: number; readonly wrong: number }

/** Something of a row that can be shown, filtered and sorted by. */
export type RowField =
  /** Number of the row in the table, from 1. */
  | { readonly of: 'row' }
  | { readonly of: 'truth' }
  | { readonly of: 'answer'; readonly model: number }
  /** Probability of the answer. */
  | { readonly of: 'confidence'; readonly model: number }
  /** Answer minus truth. */
  | { readonly of: 'error'; readonly model: number }
  /** Largest absolute error of any model. */
  | { readonly of: 'worst-error' }
  /** Largest answer minus smallest. */
  | { readonly of: 'spread' }
  /** Of a parity check: where a row strays furthest, how far, and both numbers there. */
  | { readonly of: 'difference'; readonly model: number }
  | { readonly of: 'place'; readonly model: number }
  | { readonly of: 'expected'; readonly model: number }
  | { readonly of: 'given'; readonly model: number }
  /** Largest difference of any model. */
  | { readonly of: 'worst-difference' }
  /** A column of the table, by its place. */
  | { readonly of: 'column'; readonly column: number }

export interface RowCondition {
  /** Null: any of truth, answers and columns. */
  readonly field: RowField | null
  /** `abc` contains, `=abc`, `!=abc`, `>1`, `<=1`, `1..2`; `=` alone: missing. Empty: all rows. */
  readonly text: string
}

export interface RowSort {
  readonly field: RowField
  readonly isDescending: boolean
}

export interface RowQuery {
  readonly view: RowView
  /** All of them hold. */
  readonly conditions: readonly RowCondition[]
  /** Null: in the order of the table. Rows without a value go last either way. */
  readonly sort: RowSort | null
}

export interface RowsRequest {
  /** Of {@link KeptRows}. */
  readonly id: string
  readonly query: RowQuery
  /** What is shown of each row. */
  readonly fields: readonly RowField[]
  readonly offset: number
  readonly limit: number
}

export type RowCell = string | number | null

export interface RowRecord {
  /** Number of the row in the table, from 1. */
  readonly tableRow: number
  /** One per field asked for. */
  readonly cells: readonly RowCell[]
  /** By model; null for regression. */
  readonly isRight: readonly boolean[] | null
}

export interface RowWindow {
  /** Rows that match, in all. */
  readonly matched: number
  readonly offset: number
  readonly rows: readonly RowRecord[]
}

export type SliceRange =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  /** Smallest and largest value in the slice. */
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  /** All other values together. */
  | { readonly kind: 'rest'; readonly values: number }
  | { readonly kind: 'missing' }

/** A model that is ahead of the overall leader within a slice. */
export interface SliceTurn {
  readonly model: number
  /** That model's figure minus the leader's. */
  readonly difference: number
  readonly pValue: number
  /** By Holm's method over all slices looked at. */
  readonly adjustedPValue: number
  /** Adjusted p below 0.05, and the test on the side of the difference. */
  readonly isSignificant: boolean
}

export interface Slice {
  readonly range: SliceRange
  readonly rows: number
  /** By model. */
  readonly figures: readonly MetricValue[]
  /** Null where the order is as overall, or was not tested. */
  readonly turn: SliceTurn | null
}

export interface SlicedColumn {
  /** Place of the column in the table. */
  readonly column: number
  readonly slices: readonly Slice[]
}

/** One metric within the slices of every column. */
export interface SliceSurvey {
  readonly metric: string
  /** Over all rows, by model. */
  readonly figures: readonly MetricValue[]
  /** The model that is best over all rows; null where two are equally good. */
  readonly leader: number | null
  /** Whether there is a test that fits the metric within a slice. */
  readonly isTested: boolean
  /** Those that part the rows, in the order of the table. */
  readonly columns: readonly SlicedColumn[]
  /** Slices of enough rows, over all columns. */
  readonly slices: number
  /** Comparisons with the leader within them: the family of the adjustment. */
  readonly tests: number
  /** Columns beyond the number that is looked at. */
  readonly leftOut: number
}
