import type { Failure, Outcome } from '../core/failure'
import type { ModelInfo } from '../core/model'
import type { ModelScores } from '../core/report'
import type { LabelMapping, OutputBinding, Targets, TaskInfo } from '../core/task'
import type { InputMapping } from './map-inputs'
import type { OutputMapping } from './map-outputs'
import type { TargetColumn } from './target-column'

/** A model whose inputs are mapped. */
export interface FedModel {
  readonly model: ModelInfo
  readonly inputs: InputMapping
}

/** A task's side of a preparation: what is asked, and where each model says it. */
export interface TaskFit {
  readonly targets: Targets
  readonly labels: LabelMapping | null
  /** By model id: the output read, or why none can be. */
  readonly outputs: ReadonlyMap<string, Outcome<OutputMapping>>
}

/** Everything that one model answered, row by row, with the true answers. */
export interface AnsweredModel {
  readonly rows: number
  readonly output: OutputBinding
  /** Row-major rows × `output.width`. */
  readonly data: Float32Array | Float64Array | readonly string[]
  readonly targets: Targets
  readonly labels: LabelMapping | null
}

/** What can be asked of a model. One file per task, one line in the registry. */
export interface Task {
  readonly info: TaskInfo
  /** Reads the target and finds each model's answer; fails where the target cannot be used. */
  fit(target: TargetColumn, models: readonly FedModel[]): Outcome<TaskFit>
  /** Answers become metrics; fails where answers and targets do not belong together. */
  score(answered: AnsweredModel): Outcome<ModelScores>
}

export function failureOf(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure }
}
