/** How `VecNormalize` scales an observation before the policy sees it. Cloneable. */
export interface ObservationNormalization {
  /** One per column. */
  readonly mean: Float64Array<ArrayBuffer>
  readonly variance: Float64Array<ArrayBuffer>
  /** Added to the variance before the root. */
  readonly epsilon: number
  /** Results are clipped to ± this. */
  readonly clip: number
}
