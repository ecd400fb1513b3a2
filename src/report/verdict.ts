import { FEWEST_ROWS } from '../core/comparison'
import { formatCount, formatList, formatMetric, formatPoints, formatQuantity } from '../core/format'
import type { MetricInfo } from '../core/metric'
import type { Report, ReportModel } from '../core/report'
import { parityVerdict } from './parity-verdict'
import { policyVerdict } from './policy-verdict'
import { rankModels } from './rank-models'
import { testedVerdict } from './tested-verdict'

/** The figure of a backtest that is tested. */
const SHARPE = { id: 'sharpe', direction: 'higher', unit: 'score', label: 'Sharpe ratio' } as const

export type VerdictMetric = Pick<MetricInfo, 'label' | 'unit'>

interface Scored {
  readonly name: string
  readonly value: number
}

/**
 * The sentence at the top. Where models were compared: which is better, by how much and how sure that
 * is. Where they were not, who leads, by how much, on how many rows, and no more than the figures say:
 * models whose figures are equal to the digits shown are tied.
 */
export function verdict(report: Report, metric: VerdictMetric): string {
  const scored = scoredModels(report)
  const cancelled = report.models.filter((model) => model.status === 'cancelled').length
  if (cancelled > 0) return cancelledVerdict(report, metric, scored)
  if (report.task.kind === 'parity')
    return parityVerdict(report) ?? emptyVerdict(report.models, metric)
  if (scored.length === 0) return emptyVerdict(report.models, metric)
  return figuresVerdict(report, metric, scored)
}

function scoredModels(report: Report): readonly Scored[] {
  const models = new Map(report.models.map((model) => [model.name, model]))
  return rankModels(report.models, report.primaryMetric).flatMap((name) => {
    const model = models.get(name)
    const value = model?.status === 'ok' ? (model.metrics[report.primaryMetric.id] ?? null) : null
    return value === null ? [] : [{ name, value }]
  })
}

function figuresVerdict(report: Report, metric: VerdictMetric, scored: readonly Scored[]): string {
  const [best, second] = scored
  if (best === undefined) return ''
  if (report.task.kind === 'parity')
    return parityVerdict(report) ?? emptyVerdict(report.models, metric)
  const { rows } = report.dataset
  const label = metricInSentence(metric.label)
  const noun = report.task.kind === 'policy' ? 'bar' : 'row'
  const tested = testedVerdict(report, { ...report.primaryMetric, unit: metric.unit, label, noun })
  if (tested !== null) return tested
  if (report.task.kind === 'policy') {
    const sharpe = testedVerdict(report, { ...SHARPE, noun })
    const lead = policyVerdict(report, scored, metric, label)
    return sharpe === null ? lead : `${lead} Only the Sharpe ratio is tested. ${sharpe}`
  }
  const column = scored.map((model) => model.value)
  const figure = (model: Scored) => formatMetric(model.value, metric.unit, rows, column)
  const onRows = `on ${formatQuantity(rows, 'row')}`
  if (second === undefined) return `${best.name} reaches ${figure(best)} ${label} ${onRows}.`
  if (rows < FEWEST_ROWS) {
    return `Too few rows to tell: ${best.name} has ${figure(best)} ${label} and ${second.name} ${figure(second)} ${onRows}.`
  }
  const tied = scored.filter((model) => figure(model) === figure(best))
  if (tied.length > 1) {
    const names = formatList(tied.map((model) => model.name))
    return `${names} are tied at ${figure(best)} ${label} ${onRows}.`
  }
  if (metric.unit === 'share') {
    const lead = formatPoints(Math.abs(best.value - second.value))
    return `${best.name} leads ${second.name} by ${lead} of ${label} ${onRows}.`
  }
  return `${best.name} leads ${second.name} in ${label}, ${figure(best)} against ${figure(second)}, ${onRows}.`
}

function cancelledVerdict(
  report: Report,
  metric: VerdictMetric,
  scored: readonly Scored[],
): string {
  const finished = report.models.filter((model) => model.status === 'ok').length
  const stopped = `Stopped with ${formatCount(finished)} of ${formatQuantity(report.models.length, 'model')} finished`
  return scored.length < 2 ? `${stopped}.` : `${stopped}: ${figuresVerdict(report, metric, scored)}`
}

function emptyVerdict(models: readonly ReportModel[], metric: VerdictMetric): string {
  const finished = models.filter((model) => model.status === 'ok')
  if (finished.length > 0) {
    const names = formatList(finished.map((model) => model.name))
    return `${metric.label} is undefined for ${names}.`
  }
  const [only] = models
  return only !== undefined && models.length === 1
    ? `${only.name} could not be evaluated.`
    : `None of the ${formatQuantity(models.length, 'model')} could be evaluated.`
}

/** `Accuracy` → `accuracy`; names of people and abbreviations stay: `Brier score`, `ROC AUC`. */
export function metricInSentence(label: string): string {
  const isName = /^(Brier|Cohen|Matthews|Pearson|Spearman)/.test(label)
  const isWord = /^[A-Z][a-z]/.test(label)
  return isWord && !isName ? label.charAt(0).toLowerCase() + label.slice(1) : label
}
