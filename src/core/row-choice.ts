/**
 * Which rows of a dataset are compared. First the filter is applied, then rows with a missing target or
 * feature go, then the sample is taken of those that are left.
 */
export interface RowChoice {
  /** All of them hold; empty: every row. */
  readonly filter: readonly ColumnCondition[]
  /** Null: every row that is left. */
  readonly sample: RowSample | null
  /** Of a random sample: the same seed takes the same rows. */
  readonly seed: number
}

/** A condition on the cells of a column. */
export interface ColumnCondition {
  /** Null: it holds for any column. */
  readonly column: string | null
  /** `abc` contains, `=abc`, `!=abc`, `>1`, `<=1`, `1..2`; `=` alone: missing. */
  readonly text: string
}

export const SAMPLE_KINDS = ['first', 'random', 'recent'] as const

/**
 * - `first`: the first rows of the table.
 * - `random`: drawn without replacement, each row equally likely.
 * - `recent`: those with the latest times, where the table has a column of times; else the last rows.
 */
export type SampleKind = (typeof SAMPLE_KINDS)[number]

export interface RowSample {
  readonly kind: SampleKind
  /** At most so many, from 1. */
  readonly rows: number
}

/** How the compared rows were chosen, with what came of it. */
export interface ChosenRows {
  readonly tableRows: number
  readonly filter: readonly ColumnCondition[]
  /** Rows of the table that fulfil the filter. */
  readonly matchedRows: number
  /** Of these, rows with every value: what the sample was taken of. */
  readonly completeRows: number
  readonly sample: ChosenSample | null
  /** SHA-256 of the numbers of the compared rows, from 0, as little-endian uint32. */
  readonly sha256: string
}

export interface ChosenSample extends RowSample {
  /** Of a random sample; null for others. */
  readonly seed: number | null
  /** Of the most recent rows: the column of times that says so; null where the last rows were taken. */
  readonly by: string | null
}

export const MOST_CONDITIONS = 50
/** Characters of one condition. */
export const LONGEST_CONDITION = 200

export function isEveryRow({ filter, sample }: Omit<RowChoice, 'seed'>): boolean {
  return filter.length === 0 && sample === null
}
