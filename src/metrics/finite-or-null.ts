import type { MetricValue } from '../core/metric'

/** What is not finite is undefined: the report holds no NaN and no infinity. */
export function finiteOrNull(value: number): MetricValue {
  return Number.isFinite(value) ? value : null
}
