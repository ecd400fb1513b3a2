import type { Comparison } from '../core/comparison'
import type { Report } from '../core/report'

/**
 * What is said of a candidate against the baseline: on the metric that ranks, or on the first one that
 * was tested where that one has no test (a policy's score has none, its Sharpe ratio has).
 */
export function comparisonOf(
  { comparisons, primaryMetric }: Pick<Report, 'comparisons' | 'primaryMetric'>,
  candidate: string,
): Comparison | null {
  const own = comparisons.filter((comparison) => comparison.candidate === candidate)
  return own.find(({ metric }) => metric === primaryMetric.id) ?? own[0] ?? null
}
