import type { Roles } from '../core/dataset'
import type { EvaluationSettings, Machine } from '../core/evaluation'
import type { MetricInfo } from '../core/metric'
import type { Report } from '../core/report'
import type { TaskInfo } from '../core/task'
import type { RunRequest } from '../engine/run-request'
import { buildReport } from '../report/build-report'
import { describeConditions } from '../report/describe-conditions'
import { primaryMetric } from '../report/primary-metric'
import { verdict } from '../report/verdict'
import { ResultRows } from './result-rows'
import type { RunEnd } from './run-state.svelte'
import { policySettings, rowsCompared } from './policy-report'

const NO_ROWS_IN_REPORT =
  'A report holds figures and no rows: compare the models on the data again to look at single rows.'

/** A finished comparison as the page shows it. */
export interface Result {
  readonly report: Report
  readonly task: TaskInfo
  readonly metric: MetricInfo
  readonly verdict: string
  readonly conditions: readonly string[]
  /** By model name: index of the colour. */
  readonly colours: ReadonlyMap<string, number>
  readonly baseline: string | null
  /**
   * The rows behind the figures; in their place one sentence where there are none, and null for tasks
   * that are not asked row by row.
   */
  readonly rows: ResultRows | string | null
  /** Where it was opened from; null for a comparison of this page. */
  readonly source: ReportSource | null
}

/** Where a report came from that this page did not make just now. */
export interface ReportSource {
  readonly kind: 'file' | 'link' | 'history'
  /** Of the file, or of the past comparison; empty for a link. */
  readonly name: string
  /** What it leaves out of the whole report. */
  readonly omitted: readonly string[]
}

/** What was asked, as it stood when the run began: the setup may change while it runs. */
export interface RunContext {
  readonly request: RunRequest
  readonly task: TaskInfo
  readonly machine: Machine
  readonly roles: Roles
  readonly settings: EvaluationSettings
  readonly baseline: string | null
  readonly colours: ReadonlyMap<string, number>
  readonly version: string
  /** Absent: this browser's. */
  readonly userAgent?: string
}

export function makeResult(context: RunContext, ended: RunEnd): Result {
  const { request, baseline } = context
  const report = buildReport({
    ...request,
    createdAt: new Date(),
    generator: { name: 'Bakeoff', version: context.version },
    userAgent: context.userAgent ?? navigator.userAgent,
    machine: context.machine,
    metrics: context.task.metrics,
    runtime: ended.runtime,
    disturbances: ended.disturbances,
    roles: context.roles,
    market: request.preparation.policy?.market ?? null,
    timeColumn: request.preparation.timeColumn,
    settings: { ...context.settings, baseline, ...policySettings(request) },
    rows: rowsCompared(request.preparation),
    droppedRows: request.preparation.droppedRows,
    chosen: request.preparation.chosen,
    classes: request.preparation.labels?.classes ?? null,
    warnings: request.preparation.warnings,
    runs: ended.runs,
    compared: ended.compared,
    seed: context.settings.seed,
    events: ended.events,
  })
  return {
    report,
    task: context.task,
    metric: request.metric,
    verdict: verdict(report, request.metric),
    conditions: describeConditions(report, request.metric.label),
    colours: context.colours,
    baseline: report.statistics?.baseline ?? baseline,
    source: null,
    rows: rowsOf(context, ended),
  }
}

function rowsOf({ request }: RunContext, { rows, isCancelled }: RunEnd): Result['rows'] {
  if (request.kind === 'policy') return null
  if (isCancelled) return 'The comparison was stopped, so its rows were not kept. Compare again.'
  if (rows === null) return 'No model has answered all rows, so there are none to look at.'
  if (!rows.ok) return `${rows.failure.message} ${rows.failure.advice}`
  return new ResultRows(request, rows.value)
}

/** A report as the page shows it, without the models and the data that it was made of. */
export function resultFromReport(report: Report, source: ReportSource): Result {
  const metric = primaryMetric(report)
  const { kind } = report.task
  const label = kind.charAt(0).toUpperCase() + kind.slice(1)
  return {
    report,
    task: { kind, label, metrics: report.metrics, defaultMetric: metric.id },
    metric,
    verdict: verdict(report, metric),
    conditions: describeConditions(report, metric.label),
    colours: new Map(report.models.map(({ name }, index) => [name, index])),
    baseline: chosenBaseline(report),
    source,
    rows: kind === 'policy' ? null : NO_ROWS_IN_REPORT,
  }
}

function chosenBaseline({ task, models, statistics }: Report): string | null {
  const baseline = statistics?.baseline ?? task.settings['baseline']
  return models.find(({ name }) => name === baseline)?.name ?? null
}
