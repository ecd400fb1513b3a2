/** What a hypothesis test says. Null where it cannot be made; never NaN or infinite. */
export interface TestResult {
  readonly statistic: number | null
  /** Two-sided. */
  readonly pValue: number | null
}
