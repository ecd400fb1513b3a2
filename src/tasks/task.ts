import type { Evidence } from '../comparison/evidence'
import type { PairedModels } from '../comparison/paired-metric'
import type { ModelAnswers } from '../core/exploration'
import type { Failure, Outcome } from '../core/failure'
import type { Direction } from '../core/metric'
import type { ModelScores } from '../core/report'
import type { LabelMapping, OutputBinding, OutputPart, Targets, TaskInfo } from '../core/task'
import type { PrepareTask } from './prepared-task'

/** Everything that one model answered, row by row, with the true answers. */
export interface AnsweredModel {
  readonly modelId: string
  readonly rows: number
  readonly output: OutputBinding
  /** Row-major rows × `output.width`. */
  readonly data: Float32Array | Float64Array | readonly string[]
  readonly targets: Targets
  readonly labels: LabelMapping | null
  /** Of a parity check against a model: what that one answered to the same rows. */
  readonly reference?: {
    readonly parts: readonly OutputPart[]
    readonly data: AnsweredModel['data']
  }
}

/** What was kept of several models' answers to the same rows. */
export interface PairedAnswers {
  readonly evidence: readonly Evidence[]
  readonly targets: Targets
  /** Rows that follow each other in time are not independent. */
  readonly isTimeOrdered: boolean
  readonly seed: number
  /** Models that were given, those without evidence too. */
  readonly trials: number
  readonly primaryMetric: { readonly id: string; readonly direction: Direction }
  readonly onProgress: (share: number) => void
}

/** What can be asked of a model. One file per task, one line in the registry. */
export interface Task {
  readonly info: TaskInfo
  /** Fits the task to a dataset and models; fails where the dataset cannot be asked about. */
  readonly prepare: PrepareTask
  /**
   * Answers become metrics; fails where answers and targets do not belong together.
   * @param keepRows gets the answers of single rows; not called where no figure is made
   * @param keepEvidence gets what comparisons need of the answers; likewise
   */
  score(
    answered: AnsweredModel,
    keepRows?: (answers: ModelAnswers) => void,
    keepEvidence?: (evidence: Evidence) => void,
  ): Outcome<ModelScores>
  /** What models that answered the same rows can be told apart by; fails as `score` does. */
  pair(answered: PairedAnswers): Outcome<PairedModels>
}

export function failureOf(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure }
}
