import type { RowCell, RowCounts, RowField, RowView } from '../core/exploration'
import type { FieldColumn } from './field-column'

/** What models said of a row, or what follows from it. */
export type AnswerField = Exclude<RowField, { of: 'row' } | { of: 'column' }>

/** All models' answers to the same rows, beside the truth. */
export interface RowAnswers {
  readonly rows: number
  readonly models: number
  readonly counts: RowCounts
  /** By model. */
  readonly hasConfidence: readonly boolean[]
  /** Null where the task or the model has no such field. */
  column(field: AnswerField): FieldColumn | null
  /** The same, of one row. */
  cell(field: AnswerField, row: number): RowCell
  /** Null where answers are not simply right or wrong. */
  isRight(model: number, row: number): boolean | null
  /** 1 for the rows of a view; null for all rows. */
  mask(view: RowView): Uint8Array | null
}
