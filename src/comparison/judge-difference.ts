import { SIGNIFICANCE, type ComparisonVerdict, type Interval } from '../core/comparison'
import type { Direction } from '../core/metric'

export interface TestedDifference {
  /** Candidate minus baseline. */
  readonly difference: number
  readonly interval: Interval | null
  readonly adjustedPValue: number | null
  /** Sign of the difference as the test sees it; undefined where it is the same question. */
  readonly testDirection?: number | undefined
}

/**
 * The verdict on a candidate. A difference is claimed where the test and the interval agree: p below
 * the level, 0 outside of the interval, and both on the side of the difference itself. Either alone
 * may stray at the border, and Wilcoxon's test asks another question than the metric.
 */
export function judgeDifference(
  { difference, interval, adjustedPValue, testDirection }: TestedDifference,
  direction: Direction,
): Exclude<ComparisonVerdict, 'too few rows to tell'> {
  const side = Math.sign(difference)
  const isSignificant = adjustedPValue !== null && adjustedPValue < SIGNIFICANCE
  const isApart =
    interval !== null && Math.sign(interval[0]) === side && Math.sign(interval[1]) === side
  const isAgreed = testDirection === undefined || Math.sign(testDirection) === side
  if (side === 0 || !isSignificant || !isApart || !isAgreed) return 'no evidence of a difference'
  return side > 0 === (direction === 'higher') ? 'better' : 'worse'
}
