import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'

/**
 * Exposure: share of the marks after the first at which a position is held, looked at before a forced
 * close. Null for a window of one bar. Cost: O(1).
 */
export function exposure({
  equity,
  exposedMarks,
}: Pick<PolicyResult, 'equity' | 'exposedMarks'>): MetricValue {
  return equity.length < 2 ? null : exposedMarks / (equity.length - 1)
}
