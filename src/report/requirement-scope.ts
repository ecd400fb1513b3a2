import type { Report, ReportModel } from '../core/report'
import { comparisonOf } from './comparison-of'

/** What a name can lead to. Maps, since labels and metric ids come from files. */
export type Place = Leaf | ReadonlyMap<string, Place>
export type Leaf = number | string | boolean | null

/** What of a report an expression can ask for. */
export type AskedReport = Pick<Report, 'metrics' | 'models' | 'comparisons' | 'primaryMetric'> & {
  readonly dataset: Pick<Report['dataset'], 'name' | 'sha256' | 'rows' | 'droppedRows'>
}

/** Where an expression's names are looked up: `candidate`, `baseline` and `dataset`. */
export function requirementScope(
  report: AskedReport,
  candidate: ReportModel,
  baseline: ReportModel,
): ReadonlyMap<string, Place> {
  const { name, sha256, rows, droppedRows } = report.dataset
  return new Map<string, Place>([
    ['candidate', modelPlace(report, candidate)],
    ['baseline', modelPlace(report, baseline)],
    ['dataset', place({ name, sha256, rows, droppedRows })],
  ])
}

/**
 * Metrics by their ids; `verdict`, `difference`, `pValue` and `adjustedPValue` against the baseline
 * in the metric that ranks, or where it has no test in the one that has; then the model as the report has it.
 */
function modelPlace(report: AskedReport, model: ReportModel): Place {
  const comparison = comparisonOf(report, model.name)
  const { perClass, windows, intervals, timing, memory, ...facts } = model
  return new Map<string, Place>([
    ...plainFacts(facts),
    ['timing', place(timing ?? NO_TIMING)],
    ['memory', place(memory ?? { bytes: null })],
    ['verdict', comparison?.verdict ?? null],
    ['difference', comparison?.difference ?? null],
    ['differenceInterval', intervalPlace(comparison?.interval ?? null)],
    ['pValue', comparison?.pValue ?? null],
    ['adjustedPValue', comparison?.adjustedPValue ?? null],
    ['intervals', byMetric(report, (id) => intervalPlace(intervals[id] ?? null))],
    ['perClass', new Map((perClass ?? []).map((one) => [one.label, place(one)]))],
    ['windows', place(windows ?? [])],
    ['metrics', byMetric(report, (id) => model.metrics[id] ?? null)],
    ...byMetric(report, (id) => model.metrics[id] ?? null),
  ])
}

const NO_TIMING = {
  ...{ loadMs: null, firstBatchMs: null, totalMs: null, rowsPerSecond: null },
  batchMs: { p50: null, p95: null },
}

type Facts = Omit<ReportModel, 'perClass' | 'windows' | 'intervals' | 'timing' | 'memory'>

function plainFacts(facts: Facts): readonly (readonly [string, Place])[] {
  const { name, sha256, bytes, format, parameters, opset, status, attempts } = facts
  const { keptRows, backend, threads, batchSize, warnings, failedAttempts, error } = facts
  return Object.entries({
    ...{ name, sha256, bytes, format, parameters, opset, status, attempts },
    ...{ keptRows, backend, threads, batchSize },
    warnings: warnings.length,
    failedAttempts: failedAttempts.length,
    error: error === null ? null : error.code,
  })
}

/** Every metric of the task, so that a model without figures has undefined ones, not unknown ones. */
function byMetric(report: AskedReport, value: (id: string) => Place): ReadonlyMap<string, Place> {
  const ids = [
    report.primaryMetric.id,
    ...report.metrics.map(({ id }) => id),
    ...report.models.flatMap(({ metrics }) => Object.keys(metrics)),
  ]
  return new Map(ids.map((id) => [id, value(id)]))
}

function intervalPlace(interval: readonly [number, number] | null): Place {
  const [low, high] = interval ?? [null, null]
  return place({ low, high })
}

/** Lists by their position, from 0. */
function place(value: unknown): Place {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object') return value as Leaf
  return new Map(Object.entries(value).map(([key, item]) => [key, place(item)]))
}
