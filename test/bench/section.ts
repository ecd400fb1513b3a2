/** One table of `RESULTS.md`. */
export interface BenchSection {
  readonly title: string
  readonly method: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Each goal with what was measured. */
  readonly verdicts: readonly string[]
}
