import type { CsvCell } from '../core/csv'

/** A table of a report, every figure in full precision. */
export interface ReportTable {
  /** Also the name of its file. */
  readonly id: string
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly CsvCell[])[]
}
