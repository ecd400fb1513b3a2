import type { MetricInfo } from '../core/metric'
import type { Report } from '../core/report'

/**
 * A report of an early version names its metrics by their ids alone. Their labels are then the ids,
 * and nothing is known of their direction but that of the metric that ranks.
 */
export function withMetrics(report: Report): Report {
  if (report.metrics.length > 0) return report
  const { primaryMetric, models } = report
  const ids = new Set([primaryMetric.id, ...models.flatMap(({ metrics }) => Object.keys(metrics))])
  const metrics = [...ids].map((id): MetricInfo => ({
    id,
    label: id,
    direction: id === primaryMetric.id ? primaryMetric.direction : 'higher',
    unit: 'score',
    description: '',
  }))
  return { ...report, metrics }
}
