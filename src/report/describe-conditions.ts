import { FEWEST_ROWS } from '../core/comparison'
import {
  formatBackend,
  formatCount,
  formatList,
  formatMoment,
  formatPercent,
  formatQuantity,
} from '../core/format'
import type { Report } from '../core/report'
import { shareOfRows } from './describe-rows'
import { losers } from './policy-verdict'
import { describeTolerance } from './describe-tolerance'
import { describeTest } from './describe-test'

const SHORT_HASH = 8

/** What a figure of this report depends on, as short phrases for the line under the verdict. */
export function describeConditions(report: Report, metricLabel: string): readonly string[] {
  const { dataset, models } = report
  const isPolicy = report.task.kind === 'policy'
  const failures = models.filter((model) => model.status === 'failed').length
  return [
    `${metricLabel}, ${report.primaryMetric.direction} is better`,
    `${countRows(report)} of ${dataset.name}`,
    ...(isPolicy ? describeTrading(report) : []),
    ...describeParity(report),
    dataset.droppedRows > 0 ? `${formatQuantity(dataset.droppedRows, 'row')} dropped` : null,
    dataset.rows < FEWEST_ROWS ? `fewer than ${formatCount(FEWEST_ROWS)} rows` : null,
    describeBackends(report),
    ...describeKept(report),
    failures > 0 ? `${formatQuantity(failures, 'model')} failed` : null,
    `data ${dataset.sha256.slice(0, SHORT_HASH)}`,
    `seed ${String(report.task.settings['seed'] ?? 0)}`,
    ...(report.task.kind === 'parity' ? [] : describeStatistics(report)),
  ].filter((part) => part !== null)
}

function countRows({ dataset, task }: Report): string {
  const { rows, chosen } = dataset
  if (chosen !== null) return shareOfRows(rows, chosen.tableRows)
  return formatQuantity(rows, task.kind === 'policy' ? 'bar' : 'row')
}

/** Where interval and p-value come from. */
function describeStatistics({ comparisons, primaryMetric, statistics }: Report): readonly string[] {
  const id = comparisons.some(({ metric }) => metric === primaryMetric.id)
    ? primaryMetric.id
    : (comparisons[0]?.metric ?? primaryMetric.id)
  const primary = comparisons.filter(({ metric }) => metric === id)
  const tests = [...new Set(primary.flatMap(({ test }) => test ?? []))]
  if (tests.length === 0) return ['without a significance test']
  const resamples = statistics?.methods[id]?.resamples ?? null
  return [
    formatList(tests.map(describeTest)),
    ...(primary.length > 1
      ? [`adjusted by Holm for ${formatCount(primary.length)} candidates`]
      : []),
    ...(resamples === null ? [] : [formatQuantity(resamples, 'resample')]),
  ]
}

/** What counts as agreeing; a difference is there or not, so nothing is tested. */
function describeParity({ models, dataset }: Report): readonly string[] {
  const parity = models.flatMap(({ details }) => details.parity ?? [])
  const [first] = parity.filter(({ against }) => against !== 'itself')
  if (first === undefined) return []
  const reference = dataset.roles.reference ?? []
  return [
    ...(reference.length === 0
      ? []
      : [`answers recorded in ${formatQuantity(reference.length, 'column')}`]),
    describeTolerance(first.tolerance),
  ]
}

function describeTrading(report: Report): readonly (string | null)[] {
  const { fill, fee, convention } = report.task.settings
  const windows = Math.max(0, ...report.models.map((model) => model.windows?.length ?? 0))
  const { lost, traded } = losers(report)
  return [
    windows > 0 ? formatQuantity(windows, 'window') : null,
    `filled at the ${fill === 'close' ? 'same close' : 'next open'}, ${Number(fee) > 0 ? `fee ${formatPercent(Number(fee), 4)}` : 'no fee'}`,
    convention === 'bakeoff' ? null : `figures as by ${String(convention)}`,
    lost === 0
      ? null
      : lost === traded
        ? 'every policy lost money'
        : `${formatCount(lost)} of ${formatQuantity(traded, 'policy', 'policies')} lost money`,
  ]
}

function describeBackends(report: Report): string | null {
  const parts = new Set<string>()
  for (const model of report.models.filter(({ status }) => status === 'ok')) {
    if (model.backend === 'webgpu') {
      const adapter = report.environment.adapter?.description ?? ''
      parts.add(adapter === '' ? 'WebGPU' : `WebGPU (${adapter})`)
    } else if (model.backend === 'wasm') parts.add(formatBackend('wasm', model.threads))
  }
  return parts.size === 0 ? null : formatList([...parts])
}

/** Answers that were not computed in this run. */
function describeKept({ models, dataset }: Report): readonly string[] {
  const kept = models.filter(({ status, keptRows }) => status === 'ok' && keptRows > 0)
  const whole = kept.filter(({ keptRows }) => keptRows === dataset.rows)
  const parts = kept.length - whole.length
  const newest = whole
    .flatMap(({ keptAt }) => keptAt ?? [])
    .toSorted()
    .at(-1)
  const from = newest === undefined ? '' : ` from ${formatMoment(newest)}`
  const who = whole.length === models.length ? 'all answers' : formatQuantity(whole.length, 'model')
  return [
    ...(whole.length > 0 ? [`${who} kept${from}, not run again`] : []),
    ...(parts > 0 ? [`${formatQuantity(parts, 'model')} went on after kept rows`] : []),
  ]
}
