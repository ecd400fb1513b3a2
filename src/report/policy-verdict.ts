import { FEWEST_TRADES } from '../core/comparison'
import { formatFixed, formatMetric, formatQuantity, formatSignificant } from '../core/format'
import type { MetricInfo } from '../core/metric'
import type { Report, ReportModel } from '../core/report'

export interface ScoredPolicy {
  readonly name: string
  readonly value: number
}

/**
 * What a backtest came to: the lead of the best policy over the next, and whether there were enough
 * trades to speak of one. Null where nothing of it is special to policies.
 * @param scored best first; at least one
 * @param label of the metric, as it stands in a sentence
 */
export function policyVerdict(
  report: Report,
  scored: readonly ScoredPolicy[],
  { unit }: Pick<MetricInfo, 'unit'>,
  label: string,
): string {
  const [best, second] = scored
  if (best === undefined) return ''
  const column = scored.map(({ value }) => value)
  const figure = (policy: ScoredPolicy) =>
    formatMetric(policy.value, unit, report.dataset.rows, column)
  const on = `on ${formatQuantity(report.dataset.rows, 'bar')}`
  const few = scored.find(({ name }) => isRarelyTrading(report, name))
  if (second === undefined) {
    const told = `${best.name} reaches ${figure(best)} ${label} ${on}`
    return few === undefined ? `${told}.` : `${told}: too few trades to tell what it is worth.`
  }
  if (figure(best) === figure(second)) {
    return `${best.name} and ${second.name} are tied at ${figure(best)} ${label} ${on}.`
  }
  const lead = best.value - second.value
  const told = `${best.name} leads ${second.name} by ${difference(lead, unit)} of ${label} ${on}`
  if (few !== undefined && (few.name === best.name || few.name === second.name)) {
    return `Too few trades to tell: ${told}.`
  }
  return `${told}.`
}

/** Policies that were traded and lost money, of those that were traded. */
export function losers(report: Report): { readonly lost: number; readonly traded: number } {
  const returns = report.models
    .filter((model) => model.status === 'ok')
    .flatMap((model) => model.metrics['totalReturn'] ?? [])
  return { lost: returns.filter((value) => value < 0).length, traded: returns.length }
}

function isRarelyTrading(report: Report, name: string): boolean {
  const model = report.models.find((candidate: ReportModel) => candidate.name === name)
  return (model?.metrics['trades'] ?? 0) < FEWEST_TRADES
}

/** One digit is as much as a lead can bear; counts are told exactly. */
function difference(lead: number, unit: MetricInfo['unit']): string {
  const size = Math.abs(lead)
  if (unit === 'count') return formatFixed(size, 0)
  return formatSignificant(size, size < 1 ? 1 : 2)
}
