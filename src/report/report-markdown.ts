import { formatMetric, formatQuantity, formatSignificant, UNDEFINED_FIGURE } from '../core/format'
import type { Comparison } from '../core/comparison'
import type { MetricInfo } from '../core/metric'
import type { Report, ReportModel } from '../core/report'
import { comparisonOf } from './comparison-of'
import { describeConditions } from './describe-conditions'
import { escapeMarkdown } from './escape-markdown'
import { formatInterval } from './format-interval'
import { formatPValue } from './format-p-value'
import { primaryMetric } from './primary-metric'
import { rankedModels } from './ranked-models'
import { signedDifference } from './signed-difference'
import type { RequirementResult } from './requirement'
import { verdict } from './verdict'

/** More models would bury a pull request's discussion; the report has them all. */
const MODELS_SHOWN = 20

interface Column {
  readonly title: string
  readonly align: ':--' | '--:'
  readonly cell: (model: ReportModel, index: number) => string
}

/** The verdict, the leaderboard and the conditions as a comment for a pull request. */
export function reportMarkdown(
  report: Report,
  requirements: readonly RequirementResult[] = [],
): string {
  const metric = primaryMetric(report)
  const shown = rankedModels(report).slice(0, MODELS_SHOWN)
  const more = report.models.length - shown.length
  const parts = [
    '### Bakeoff',
    `**${escapeMarkdown(verdict(report, metric))}**`,
    ...(requirements.length === 0 ? [] : [requirementList(requirements)]),
    markdownTable(leaderboardColumns(report, metric, shown), shown),
    ...(more > 0 ? [`and ${formatQuantity(more, 'more model')}`] : []),
    ...failureList(shown),
    `<sub>${conditions(report, metric)}</sub>`,
  ]
  return `${parts.join('\n\n')}\n`
}

function requirementList(requirements: readonly RequirementResult[]): string {
  return requirements
    .flatMap(({ expression, holds, checks }) => [
      `- ${holds ? '✅ holds' : '❌ does not hold'}: ${escapeMarkdown(expression)}`,
      ...checks.map(({ text }) => `  - ${escapeMarkdown(text)}`),
    ])
    .join('\n')
}

function leaderboardColumns(
  report: Report,
  metric: MetricInfo,
  models: readonly ReportModel[],
): readonly Column[] {
  const { rows } = report.dataset
  const values = models.map((model) => model.metrics[metric.id] ?? null)
  const baseline = report.comparisons[0]?.baseline
  const hasIntervals = models.some((model) => model.intervals[metric.id] !== undefined)
  const columns: (Column | null)[] = [
    {
      title: '#',
      align: '--:',
      cell: (model, index) => (model.status === 'ok' ? String(index + 1) : ''),
    },
    { title: 'Model', align: ':--', cell: ({ name }) => escapeMarkdown(name) },
    {
      title: escapeMarkdown(metric.label),
      align: '--:',
      cell: (model, index) =>
        model.status === 'ok'
          ? formatMetric(values[index] ?? null, metric.unit, rows, values)
          : model.status,
    },
    hasIntervals
      ? {
          title: '95 % interval',
          align: '--:',
          cell: (model) => formatInterval(model.intervals[metric.id] ?? null, metric, rows, values),
        }
      : null,
    baseline === undefined
      ? null
      : {
          title: `Against ${escapeMarkdown(baseline)}`,
          align: ':--',
          cell: ({ name }) => {
            const comparison = comparisonOf(report, name)
            if (name === baseline) return 'baseline'
            if (comparison === null) return UNDEFINED_FIGURE
            return describeComparison(report, comparison)
          },
        },
    {
      title: report.task.kind === 'policy' ? 'Bars/s' : 'Rows/s',
      align: '--:',
      cell: ({ timing }) => formatRateCell(timing?.rowsPerSecond ?? null),
    },
  ]
  return columns.filter((column) => column !== null)
}

/** Names the metric where it is not the one that ranks. */
function describeComparison({ metrics, primaryMetric: ranks }: Report, one: Comparison): string {
  const info = metrics.find(({ id }) => id === one.metric)
  const { difference, interval } = signedDifference(one, info?.unit ?? 'score')
  return [
    one.metric === ranks.id
      ? one.verdict
      : `${escapeMarkdown(info?.label ?? one.metric)}: ${one.verdict}`,
    interval === null ? difference : `${difference} (${interval})`,
    ...(one.adjustedPValue === null ? [] : [formatPValue(one.adjustedPValue)]),
  ].join(', ')
}

function formatRateCell(value: number | null): string {
  return value === null ? UNDEFINED_FIGURE : formatSignificant(value, 3)
}

function markdownTable(columns: readonly Column[], models: readonly ReportModel[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ align }) => align)),
    ...models.map((model, index) => line(columns.map(({ cell }) => cell(model, index)))),
  ].join('\n')
}

function failureList(models: readonly ReportModel[]): readonly string[] {
  const failures = models.flatMap(({ error }) =>
    error === null ? [] : [`- ${escapeMarkdown(`${error.message} ${error.advice}`)}`],
  )
  return failures.length === 0 ? [] : [failures.join('\n')]
}

function conditions(report: Report, metric: MetricInfo): string {
  const { generator } = report
  return [...describeConditions(report, metric.label), `${generator.name} ${generator.version}`]
    .map(escapeMarkdown)
    .join(' · ')
}
