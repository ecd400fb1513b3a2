import type { AnswerData } from '../contract/evaluator'
import type { Failure } from '../core/failure'
import type { RowRange } from './journal'

/** Answers to the rows of one range, in order. */
export interface AnswerRange extends RowRange {
  readonly data: AnswerData
}

/** A run that answers a share of the rows and hands the answers out, in place of scoring them. */
export interface HandedOut {
  /** Ascending; none where the model has no part in the share. */
  ranges(modelId: string): readonly RowRange[]
  add(modelId: string, range: AnswerRange): void
}

/** A run that answers nothing: what other runs have handed out is brought in, and scored. */
export interface BroughtIn {
  /** Each row once; gives the buffers away. */
  answers(modelId: string): readonly AnswerRange[]
  /** Why another run could not answer all of its rows; null where it could. */
  failure(modelId: string): Failure | null
}
