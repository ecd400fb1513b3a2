/** Whether one candidate fulfils a requirement, with the figures behind it. */
export interface RequirementCheck {
  readonly candidate: string
  readonly holds: boolean
  /** `digits_cnn: holds, 0.987 >= 0.978 − 0.005.` */
  readonly text: string
}

/** An expression of `--require` over a report. */
export interface RequirementResult {
  readonly expression: string
  readonly holds: boolean
  /** One per candidate. */
  readonly checks: readonly RequirementCheck[]
}
