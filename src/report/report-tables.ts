import type { Report } from '../core/report'
import { curveTables } from './curve-tables'
import { leaderboardTable } from './leaderboard-table'
import { parityTables } from './parity-tables'
import { policyTables } from './policy-tables'
import type { ReportTable } from './report-table'

/** Every table that a report holds, the leaderboard first; those without rows are left out. */
export function reportTables(report: Report): readonly ReportTable[] {
  return [
    leaderboardTable(report),
    metricsTable(report),
    comparisonsTable(report),
    perClassTable(report),
    confusionTable(report),
    ...curveTables(report),
    ...policyTables(report),
    ...parityTables(report),
    modelsTable(report),
    eventsTable(report),
  ].filter(({ rows }) => rows.length > 0)
}

/** One line per figure, with its interval where there is one. */
function metricsTable(report: Report): ReportTable {
  return {
    id: 'metrics',
    title: 'Metrics',
    columns: ['model', 'metric', 'label', 'value', 'low', 'high'],
    rows: report.models.flatMap(({ name, metrics, intervals }) =>
      report.metrics.flatMap(({ id, label }) => {
        if (!(id in metrics)) return []
        const [low, high] = intervals[id] ?? [null, null]
        return [[name, id, label, metrics[id] ?? null, low, high]]
      }),
    ),
  }
}

function comparisonsTable({ comparisons }: Report): ReportTable {
  return {
    id: 'comparisons',
    title: 'Comparisons with the baseline',
    columns: [
      ...['baseline', 'candidate', 'metric', 'difference', 'low', 'high', 'test'],
      ...['statistic', 'pValue', 'adjustedPValue', 'verdict', 'rows'],
    ],
    rows: comparisons.map((comparison) => [
      ...[comparison.baseline, comparison.candidate, comparison.metric, comparison.difference],
      ...(comparison.interval ?? [null, null]),
      ...[comparison.test, comparison.statistic, comparison.pValue],
      ...[comparison.adjustedPValue, comparison.verdict, comparison.rows],
    ]),
  }
}

function perClassTable({ models }: Report): ReportTable {
  return {
    id: 'per-class',
    title: 'Per class',
    columns: ['model', 'class', 'rows', 'precision', 'recall', 'f1'],
    rows: models.flatMap(({ name, perClass }) =>
      (perClass ?? []).map((one) => [
        ...[name, one.label, one.support, one.precision, one.recall, one.f1],
      ]),
    ),
  }
}

/** One line per pair of classes, with those that never met. */
function confusionTable({ models, task }: Report): ReportTable {
  const classes = task.classes ?? []
  return {
    id: 'confusion',
    title: 'Confusion matrices',
    columns: ['model', 'true', 'answered', 'rows'],
    rows: models.flatMap(({ name, details }) =>
      (details.confusion ?? []).flatMap((line, truth) =>
        line.map((rows, answered) => [
          ...[name, classes[truth] ?? String(truth), classes[answered] ?? String(answered), rows],
        ]),
      ),
    ),
  }
}

/** What was compared and how it ran. */
function modelsTable({ models }: Report): ReportTable {
  return {
    id: 'models',
    title: 'Models',
    columns: [
      ...['model', 'status', 'error', 'advice', 'sha256', 'bytes', 'format', 'parameters', 'opset'],
      ...['backend', 'threads', 'batchSize', 'attempts', 'keptRows', 'loadMs', 'firstBatchMs'],
      ...['totalMs', 'rowsPerSecond', 'batchP50Ms', 'batchP95Ms', 'memoryBytes'],
    ],
    rows: models.map((model) => [
      ...[model.name, model.status, model.error?.message ?? null, model.error?.advice ?? null],
      ...[model.sha256, model.bytes, model.format, model.parameters, model.opset],
      ...[model.backend, model.threads, model.batchSize, model.attempts, model.keptRows],
      ...[model.timing?.loadMs ?? null, model.timing?.firstBatchMs ?? null],
      ...[model.timing?.totalMs ?? null, model.timing?.rowsPerSecond ?? null],
      ...[model.timing?.batchMs.p50 ?? null, model.timing?.batchMs.p95 ?? null],
      model.memory?.bytes ?? null,
    ]),
  }
}

function eventsTable({ events }: Report): ReportTable {
  return {
    id: 'events',
    title: 'Run log',
    columns: ['atMs', 'level', 'model', 'lane', 'text'],
    rows: events.map(({ at, level, model, lane, text }) => [
      ...[at, level, model ?? null, lane ?? null, text],
    ]),
  }
}
