import type { MetricInfo } from '../core/metric'
import type { Report } from '../core/report'

/** The metric that ranks, as the report describes it. */
export function primaryMetric(report: Report): MetricInfo {
  const { id, direction } = report.primaryMetric
  const found = report.metrics.find((metric) => metric.id === id)
  return { ...(found ?? { id, label: id, unit: 'score', description: '' }), direction }
}
