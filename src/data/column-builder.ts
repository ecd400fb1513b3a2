import type { PlainRows } from './plain-rows'
import type { RowBatch } from './row-splitter'

/** How the cells of a column are read: as numbers with a point or a comma, or as texts. */
export type Reading = 'point' | 'comma' | 'text'

/** The cell that showed a column not to be what it was read as. */
export interface Contradiction {
  readonly cell: string
  readonly line: number
  /** Whether earlier cells did fit. */
  readonly hasFitting: boolean
}

/** Something odd in a column: how often, and where first. */
export interface Oddity {
  count: number
  readonly line: number
  readonly cell: string
}

/** One column in the making. */
export interface ColumnBuilder {
  readonly reading: Reading
  /** Reads field `column` of each row; stops at the first cell that does not fit, and returns it. */
  append(batch: RowBatch, column: number): Contradiction | null
  /** Takes the values of one column of rows that are as this column reads them. */
  appendPlain(plain: PlainRows, column: number, width: number): void
  /** Gives the memory of its values up: they are read in another way. */
  drop(): void
}
