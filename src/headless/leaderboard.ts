import { displayText } from '../core/display-text'
import { formatMetric, formatSignificant, UNDEFINED_FIGURE } from '../core/format'
import type { MetricInfo } from '../core/metric'
import type { Report, ReportModel } from '../core/report'
import { rankedModels } from '../report/ranked-models'
import { textTable, type TextColumn } from './text-table'

/** Beside the metric that ranks; the report holds them all. */
const OTHER_METRICS = 3
const NAME_WIDTH = 40
const POLICY_METRICS = ['score', 'totalReturn', 'sharpe', 'maxDrawdown', 'trades']

/** The leaderboard as lines of text, best model first. */
export function leaderboardText(report: Report, metrics: readonly MetricInfo[]): readonly string[] {
  const models = rankedModels(report)
  const column = (
    title: string,
    align: TextColumn['align'],
    cell: (model: ReportModel, index: number) => string,
  ): TextColumn => ({ title, align, cells: models.map(cell) })
  return textTable([
    column('rank', 'right', (model, index) => {
      const rank = rankOf(report, model, index)
      return rank === null ? '' : `${rank.isTied ? '=' : ''}${String(rank.place)}`
    }),
    column('model', 'left', (model) => displayText(model.name, NAME_WIDTH)),
    ...shownMetrics(report, metrics).flatMap((metric) => {
      const figures = metricColumn(report, models, metric)
      const isTold =
        metric.id === report.primaryMetric.id &&
        models.some((model) => model.intervals[metric.id] !== undefined)
      return isTold ? [figures, intervalColumn(report, models, metric)] : [figures]
    }),
    column(report.task.kind === 'policy' ? 'bars/s' : 'rows/s', 'right', (model) => rate(model)),
    column('backend', 'left', backendText),
    column('status', 'left', (model) => model.status),
  ])
}

/** Place and whether it is shared with models that cannot be told apart; null without figures. */
function rankOf({ statistics }: Report, { name, status }: ReportModel, index: number) {
  if (status !== 'ok') return null
  const groups = statistics?.tieGroups ?? []
  const own = groups.findIndex((group) => group.includes(name))
  if (own === -1) return { place: index + 1, isTied: false }
  const place = 1 + groups.slice(0, own).flat().length
  return { place, isTied: (groups[own]?.length ?? 1) > 1 }
}

/** The metric that ranks, then the task's own order. */
function shownMetrics(report: Report, metrics: readonly MetricInfo[]): readonly MetricInfo[] {
  const primary = metrics.filter((metric) => metric.id === report.primaryMetric.id)
  const told = report.task.kind === 'policy' ? policyMetrics(metrics) : metrics
  const others = told.filter(
    (metric) =>
      metric.id !== report.primaryMetric.id &&
      report.models.some((model) => (model.metrics[metric.id] ?? null) !== null),
  )
  return [
    ...primary,
    ...others.slice(0, report.task.kind === 'policy' ? told.length : OTHER_METRICS),
  ]
}

/** What tells a policy apart at a glance. */
function policyMetrics(metrics: readonly MetricInfo[]): readonly MetricInfo[] {
  return POLICY_METRICS.flatMap((id) => metrics.find((metric) => metric.id === id) ?? [])
}

function metricColumn(
  report: Report,
  models: readonly ReportModel[],
  metric: MetricInfo,
): TextColumn {
  const values = models.map((model) => model.metrics[metric.id] ?? null)
  const cells = values.map((value) => formatMetric(value, metric.unit, report.dataset.rows, values))
  return { title: metric.label, align: 'right', cells }
}

function intervalColumn(
  report: Report,
  models: readonly ReportModel[],
  { id, unit }: MetricInfo,
): TextColumn {
  const values = models.map((model) => model.metrics[id] ?? null)
  const figure = (value: number) => formatMetric(value, unit, report.dataset.rows, values)
  const cells = models.map(({ intervals }) => {
    const interval = intervals[id]
    return interval === undefined ? UNDEFINED_FIGURE : interval.map(figure).join(' to ')
  })
  return { title: '95\u202f% interval', align: 'right', cells }
}

function rate(model: ReportModel): string {
  const value = model.timing?.rowsPerSecond ?? null
  return value === null ? UNDEFINED_FIGURE : formatSignificant(value, 3)
}

function backendText(model: ReportModel): string {
  if (model.backend === null) return UNDEFINED_FIGURE
  if (model.backend === 'webgpu') return 'WebGPU'
  return model.threads === null ? 'WASM' : `WASM ×${String(model.threads)}`
}
