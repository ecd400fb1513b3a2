export type Direction = 'higher' | 'lower'

/** One line of the metric registry as the page and the command show it. */
export interface MetricInfo {
  /** Id of the report document, for example `f1Macro`. */
  readonly id: string
  readonly label: string
  readonly direction: Direction
  /**
   * Shares in 0 to 1 are shown as such and their differences as points; counts without decimals;
   * distances, which may be tiny, with as many significant digits whatever their size.
   */
  readonly unit: 'share' | 'score' | 'target' | 'count' | 'distance'
  /** One sentence. */
  readonly description: string
}

/**
 * What a model said of all rows of a classification.
 * - `truth[r]`: true class, 0 … classes − 1.
 * - `predicted[r]`: answered class.
 * - `probabilities`: row-major rows × classes, rows summing to 1; null for label-only models.
 */
export interface ClassificationAnswers {
  readonly rows: number
  readonly classes: number
  readonly truth: Int32Array
  readonly predicted: Int32Array
  readonly probabilities: Float64Array | null
}

export interface RegressionAnswers {
  readonly rows: number
  readonly truth: Float64Array
  readonly predicted: Float32Array | Float64Array
}

/**
 * What a model and its reference said of all rows. Row-major rows × width; where either is NaN or
 * infinite, the pair is equal (both NaN, or the same infinity) or a disagreement without size.
 */
export interface ParityAnswers {
  readonly rows: number
  /** Numbers per row; 0 where labels alone are compared. */
  readonly width: number
  readonly reference: Float32Array | Float64Array
  readonly answered: Float32Array | Float64Array
  /** Class by row, −1 where a score is NaN; null where the answers tell no class. */
  readonly classes: { readonly reference: Int32Array; readonly answered: Int32Array } | null
  readonly tolerance: { readonly absolute: number; readonly relative: number }
}

/** Null where the figure is undefined; never NaN or infinite. */
export type MetricValue = number | null
