import type { Interval, IntervalMethod, PolicyLuck, TestName } from '../core/comparison'
import type { TestResult } from '../statistics/test-result'

export interface NamedTest extends TestResult {
  readonly test: TestName
  /**
   * Sign of the second model's figure minus the first's as the test sees it, where it asks another
   * question than the metric: Wilcoxon's test looks at ranks of errors, RMSE at their squares.
   */
  readonly direction?: number
}

/** One metric of models that answered the same rows. Models go by their place. */
export interface PairedMetric {
  /** Metric id. */
  readonly id: string
  readonly method: IntervalMethod
  /** Of one model's figure; null where it is undefined. */
  interval(model: number): Interval | null
  /** Of the second model's figure minus the first's. */
  differenceInterval(first: number, second: number): Interval | null
  /** Null where either model lacks the metric. */
  test(first: number, second: number): NamedTest | null
}

/** What a task makes of its models' evidence. */
export interface PairedModels {
  readonly rows: number
  /** Those that can have an interval. */
  readonly metrics: readonly PairedMetric[]
  /** Of backtests alone, by the place of a policy. */
  readonly luck?: PolicyLuck<number>
  /** Sentences: fewer resamples than usual, metrics without an interval. */
  readonly notes: readonly string[]
  /** False: nothing is tested, so that nothing is tied either. */
  readonly isTested?: false
}
