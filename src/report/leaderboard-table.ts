import type { Report } from '../core/report'
import { rankedModels } from './ranked-models'
import type { ReportTable } from './report-table'

/** Best model first, every metric of the task; the interval is that of the metric that ranks. */
export function leaderboardTable(report: Report): ReportTable {
  const { metrics, primaryMetric } = report
  return {
    id: 'leaderboard',
    title: 'Leaderboard',
    columns: [
      ...['rank', 'model', ...metrics.map((metric) => metric.id)],
      ...[`${primaryMetric.id}Low`, `${primaryMetric.id}High`],
      ...['rowsPerSecond', 'loadMs', 'totalMs', 'backend', 'threads', 'batchSize'],
      ...['status', 'error'],
    ],
    rows: rankedModels(report).map((model, index) => [
      model.status === 'ok' ? index + 1 : null,
      model.name,
      ...metrics.map((metric) => model.metrics[metric.id] ?? null),
      ...(model.intervals[primaryMetric.id] ?? [null, null]),
      ...[model.timing?.rowsPerSecond ?? null, model.timing?.loadMs ?? null],
      ...[model.timing?.totalMs ?? null, model.backend, model.threads, model.batchSize],
      ...[model.status, model.error?.message ?? null],
    ]),
  }
}
