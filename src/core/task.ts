import type { MetricInfo } from './metric'
import type { PolicyInfo, TensorType } from './model'
import type { PolicySettings, PolicyWindow } from './policy'

export type TaskKind = 'classification' | 'regression' | 'policy' | 'parity'

/** A class: the text shown, in the order of the models' scores. */
export type ClassLabel = string

/** One line of the task registry as the page and the command show it. */
export interface TaskInfo {
  readonly kind: TaskKind
  readonly label: string
  /** In the order in which the leaderboard shows them. */
  readonly metrics: readonly MetricInfo[]
  readonly defaultMetric: string
}

/**
 * Rows of the dataset as a row-major matrix of one element type: what a model input reads.
 * Models whose inputs differ only in how they view a row (flat or image-shaped) share a layout.
 */
export interface InputLayout {
  /** Equal keys mean equal bytes. */
  readonly key: string
  readonly columns: readonly string[]
  readonly type: TensorType
}

/** How one model input is fed. */
export interface InputBinding {
  readonly input: string
  /** Index into {@link PreparedTask.layouts}. */
  readonly layout: number
  readonly type: TensorType
  /** Dimensions of one row, after the batch axis: `[64]`, `[1, 8, 8]`, `[]`. */
  readonly rowShape: readonly number[]
  /** False where the input has no batch axis and takes exactly one row. */
  readonly hasBatchAxis: boolean
}

/**
 * How a model's outputs become answers.
 * - `scores`: one float per class and row; logits or probabilities, told apart by all values.
 * - `binary`: one float per row: the probability of the second class, or its logit.
 * - `label`: one class label per row, integer or text.
 * - `value`: one float per row.
 * - `action`: what a policy chose at each bar of each window, see {@link RolloutBinding}.
 * - `outputs`: every output in `parts`, side by side in one row.
 */
export interface OutputBinding {
  readonly kind: 'scores' | 'binary' | 'label' | 'value' | 'action' | 'outputs'
  /** The only one read, or the first of `parts`. */
  readonly output: string
  /** Numbers per row. */
  readonly width: number
  /** With the kind `outputs` alone. */
  readonly parts?: readonly OutputPart[]
}

/** One output among several that are read together. */
export interface OutputPart {
  readonly output: string
  /** Numbers per row. */
  readonly width: number
  /** `labels` are compared as equal or not, `values` by how far they are apart. */
  readonly kind: 'labels' | 'values'
  /** Name of what it is compared with: an output of the reference, or recorded columns. */
  readonly counterpart: string
  /** Element type, as the file declares it. */
  readonly type: TensorType
}

/** Everything that an evaluator needs to answer rows with one model. Cloneable. */
export interface ModelBinding {
  readonly inputs: readonly InputBinding[]
  readonly output: OutputBinding
  /** The only batch size that the model takes, or null where the batch axis is free. */
  readonly fixedBatch: number | null
  /** Bytes of all input tensors and of the read output, per row. */
  readonly rowBytes: number
  /** For policies alone: they are not asked row by row but led through windows of a market. */
  readonly rollout?: RolloutBinding
  /** Of a model with a file per window: who answers which rows. No other row is asked. */
  readonly checkpoints?: readonly CheckpointBinding[]
}

/** One file of a model that has several, and the rows that it answers. */
export interface CheckpointBinding {
  /** Of the file. */
  readonly modelId: string
  readonly fileName: string
  readonly start: number
  /** Exclusive. */
  readonly end: number
  readonly binding: ModelBinding
}

/**
 * How a policy is led through a market. The "rows" of such a task are the bars of all windows, one
 * window after another (the whole range first); an answer is the action at a bar, and the last bar
 * of a window, at which nothing is decided, answers 0. An answer of two numbers holds beside it the
 * action at the same bar of the same policy with its state set to zero before every bar, in the first
 * window alone; 0 elsewhere.
 */
export interface RolloutBinding {
  readonly policy: PolicyInfo
  readonly settings: PolicySettings
  /** The whole range, then walk-forward windows. */
  readonly windows: readonly PolicyWindow[]
  readonly path: PolicyPath
  /** Layout of the observation columns, float32, bars × columns of the whole table. */
  readonly observationLayout: number
  readonly observationColumns: number
  /** Layout of open (NaN where there is none), close and spread, float64, bars × 3. */
  readonly priceLayout: number
}

/**
 * How a policy is run over windows; every way gives the actions of one bar at a time.
 * - `rows`: bars are independent rows of one batched run.
 * - `sequence`: whole windows along the time axis, from a zero state.
 * - `ahead`: some bars of every window at once, as if no order came, and again from the bar after one.
 * - `steps`: bar after bar, windows side by side as the batch.
 * - `single-steps`: bar after bar, one window after another.
 */
export type PolicyPath = 'rows' | 'sequence' | 'ahead' | 'steps' | 'single-steps'

/** Labels that differ in spelling alone: that each is a class of its own has to be agreed. */
export interface AlikeLabels {
  /** Says which. */
  readonly sentence: string
  /** Names these very labels: other ones have to be agreed anew. */
  readonly key: string
}

/** Score column or label value of a model → class of the comparison, shown to the user. */
export interface LabelMapping {
  readonly classes: readonly ClassLabel[]
  /** One sentence: where the order of the classes comes from. */
  readonly source: string
  /** Absent where every label is plainly different from the others. */
  readonly alike?: AlikeLabels
}

/** What the answers of a parity check are held against: those of a model, or recorded ones. */
export interface ParityTargets {
  readonly kind: 'parity'
  readonly rows: number
  /** Dataset row of each used row, rising; null where every row is used. */
  readonly index: Int32Array | null
  /** The model whose answers are the reference; null with {@link recorded} answers. */
  readonly referenceId: string | null
  readonly recorded: RecordedAnswers | null
  readonly tolerance: Tolerance
}

/** Answers that came with the data, row-major; texts stand alone. */
export interface RecordedAnswers {
  readonly parts: readonly OutputPart[]
  readonly width: number
  readonly data: Float64Array | readonly string[]
}

/** Two numbers are close where `|answer − reference| ≤ absolute + relative · |reference|`. */
export interface Tolerance {
  readonly absolute: number
  readonly relative: number
}

/** The true answers, one per used row. Classification: class indices. Regression: float64. */
export type Targets =
  | ParityTargets
  | { readonly kind: 'classification'; readonly classes: Int32Array }
  | { readonly kind: 'regression'; readonly values: Float64Array }
  | {
      readonly kind: 'policy'
      /** Bars of the table. */
      readonly bars: number
      /** Milliseconds since 1970 (UTC); null without a time column. */
      readonly times: Float64Array | null
      /** Null where no column is mapped. */
      readonly open: Float64Array | null
      readonly close: Float64Array
      readonly spread: Float64Array
      /** As in {@link RolloutBinding}. */
      readonly windows: readonly PolicyWindow[]
      /** By model id: how its actions are understood. */
      readonly settings: Readonly<Record<string, PolicySettings>>
      /** By model id, of models with a file per window: the names of these, in order. */
      readonly checkpoints: Readonly<Record<string, readonly string[]>>
    }
