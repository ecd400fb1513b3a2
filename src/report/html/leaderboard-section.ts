import {
  formatBackend,
  formatBytes,
  formatFixed,
  formatMetric,
  formatSignificant,
  UNDEFINED_FIGURE,
} from '../../core/format'
import type { MetricInfo } from '../../core/metric'
import type { Report, ReportModel } from '../../core/report'
import { formatInterval } from '../format-interval'
import { rankedModels } from '../ranked-models'
import { swatch } from './chart'
import { markup, type Html, type HtmlPart } from './markup'
import { htmlTable, type HtmlColumn } from './html-table'
import { modelColours } from './model-colours'

/** Best first, with the metric that ranks, its interval and what the model costs to run. */
export function leaderboardSection(report: Report, metric: MetricInfo): Html {
  const models = rankedModels(report)
  const colours = modelColours(report)
  const values = models.map((model) => model.metrics[metric.id] ?? null)
  const { rows } = report.dataset
  const columns: readonly HtmlColumn<ReportModel>[] = [
    {
      title: 'Model',
      cell: ({ name, status }, index) =>
        markup`${status === 'ok' ? `${String(index + 1)}.` : ''} ${swatch(colours.get(name) ?? 0)}${name}`,
    },
    {
      title: `${metric.label}, ${metric.direction} is better`,
      isFigure: true,
      cell: (model, index) =>
        model.status === 'ok'
          ? markup`<span class="first"
              >${formatMetric(values[index] ?? null, metric.unit, rows, values)}</span
            >`
          : markup`<span class="bad">${model.status}</span>`,
    },
    {
      title: '95 % interval',
      isFigure: true,
      cell: ({ intervals }) => formatInterval(intervals[metric.id] ?? null, metric, rows, values),
    },
    ...speedColumns(report),
    { title: 'Size', isFigure: true, cell: ({ bytes }) => formatBytes(bytes) },
    {
      title: 'Backend',
      cell: ({ backend, threads }) =>
        backend === null ? UNDEFINED_FIGURE : formatBackend(backend, threads),
    },
  ]
  return markup`<section>
    <h2>Leaderboard</h2>
    ${htmlTable('Leaderboard', columns, models)}${failures(models)}
  </section>`
}

function speedColumns(report: Report): readonly HtmlColumn<ReportModel>[] {
  const ms = (value: number | null | undefined): HtmlPart =>
    value == null ? UNDEFINED_FIGURE : formatFixed(value, value < 10 ? 2 : 1)
  return [
    {
      title: report.task.kind === 'policy' ? 'Bars/s' : 'Rows/s',
      isFigure: true,
      cell: ({ timing }) =>
        timing?.rowsPerSecond == null
          ? UNDEFINED_FIGURE
          : formatSignificant(timing.rowsPerSecond, 3),
    },
    { title: 'Batch p50, ms', isFigure: true, cell: ({ timing }) => ms(timing?.batchMs.p50) },
    { title: 'Batch p95, ms', isFigure: true, cell: ({ timing }) => ms(timing?.batchMs.p95) },
  ]
}

function failures(models: readonly ReportModel[]): Html | null {
  const failed = models.filter(({ error }) => error !== null)
  if (failed.length === 0) return null
  return markup`<h3>What failed</h3>
    <ul>
      ${failed.map(
        ({ name, error }) =>
          markup`<li>
            <strong>${name}</strong>: ${error?.message ?? ''}
            <span class="muted">${error?.advice ?? ''}</span>
          </li>`,
      )}
    </ul>`
}
