import type { ComparedModels, Interval } from '../core/comparison'
import type { DatasetInfo, Roles } from '../core/dataset'
import type { Backend, LogEntry, Machine, ModelRun, ModelTiming } from '../core/evaluation'
import type { Outcome } from '../core/failure'
import type { MetricInfo } from '../core/metric'
import type { ModelInfo, ValueInfo } from '../core/model'
import type { MarketColumns } from '../core/policy'
import type { ChosenRows } from '../core/row-choice'
import { REPORT_SCHEMA, type MarketRoles, type Report, type ReportModel } from '../core/report'
import type { ClassLabel, TaskKind } from '../core/task'
import { rankModels } from './rank-models'
import { reportComparison } from './report-statistics'

export interface ReportParts {
  readonly createdAt: Date
  readonly generator: { readonly name: string; readonly version: string }
  readonly userAgent: string
  readonly machine: Machine
  /** Null where no lane came as far as loading one. */
  readonly runtime: { readonly name: string; readonly version: string } | null
  readonly disturbances: readonly string[]
  readonly dataset: DatasetInfo
  readonly roles: Roles
  /** With the kind `policy` alone. */
  readonly market: MarketColumns | null
  /** The column whose times rise from row to row. */
  readonly timeColumn: string | null
  readonly kind: TaskKind
  readonly metric: Pick<MetricInfo, 'id' | 'direction'>
  /** Every metric of the task. */
  readonly metrics: readonly MetricInfo[]
  readonly settings: Report['task']['settings']
  /** Rows that every model was asked, and those left out. */
  readonly rows: number
  readonly droppedRows: number
  readonly chosen: ChosenRows | null
  readonly classes: readonly ClassLabel[] | null
  readonly warnings: readonly string[]
  readonly plan: {
    readonly mode: 'sequential' | 'pool'
    readonly lanes: number
    readonly sequentialUpTo: number
    readonly reason: string
    readonly models: readonly { readonly modelId: string; readonly backend: Backend }[]
  }
  readonly models: readonly ModelInfo[]
  /** One per model, in any order. */
  readonly runs: readonly ModelRun[]
  /** Null where nothing was to compare. */
  readonly compared: Outcome<ComparedModels> | null
  readonly seed: number
  readonly events: readonly LogEntry[]
}

/** Puts a finished run into the document of `bakeoff.report/1`. Pure; every number is finite. */
export function buildReport(parts: ReportParts): Report {
  const runs = new Map(parts.runs.map((run) => [run.modelId, run]))
  const names = new Map(parts.models.map((model) => [model.id, model.name]))
  const comparison = reportComparison(parts.compared, names, parts.seed)
  const models = parts.models.map((model) =>
    reportModel(model, runs.get(model.id), comparison.intervals(model.id)),
  )
  return {
    schema: REPORT_SCHEMA,
    createdAt: parts.createdAt.toISOString(),
    generator: parts.generator,
    environment: reportEnvironment(parts),
    dataset: {
      name: parts.dataset.name,
      sha256: parts.dataset.sha256,
      rows: parts.rows,
      columns: parts.dataset.columns.map(({ name, type }) => ({ name, type })),
      roles: { ...parts.roles, ...marketRoles(parts.market, parts.timeColumn) },
      droppedRows: parts.droppedRows,
      chosen: parts.chosen,
      warnings: [...parts.dataset.warnings, ...parts.warnings],
    },
    task: { kind: parts.kind, settings: parts.settings, classes: parts.classes },
    plan: {
      mode: parts.plan.mode,
      lanes: parts.plan.lanes,
      sequentialUpTo: parts.plan.sequentialUpTo,
      reason: parts.plan.reason,
      backends: byName(
        parts.plan.models.map((model) => [
          names.get(model.modelId) ?? model.modelId,
          model.backend,
        ]),
      ),
    },
    metrics: parts.metrics,
    primaryMetric: { id: parts.metric.id, direction: parts.metric.direction },
    models,
    ranking: rankModels(models, parts.metric),
    comparisons: comparison.comparisons,
    statistics: comparison.statistics,
    events: parts.events,
  }
}

function reportEnvironment(parts: ReportParts): Report['environment'] {
  const { adapter } = parts.machine
  return {
    userAgent: parts.userAgent,
    cores: parts.machine.cores,
    crossOriginIsolated: parts.machine.isIsolated,
    adapter:
      adapter === null
        ? null
        : {
            vendor: adapter.vendor,
            architecture: adapter.architecture,
            description: adapter.description,
            isFallback: adapter.isFallback,
          },
    runtime: parts.runtime ?? { name: 'onnxruntime-web', version: 'not loaded' },
    disturbances: parts.disturbances,
  }
}

function marketRoles(market: MarketColumns | null, timeColumn: string | null): MarketRoles {
  if (market === null) return { time: timeColumn }
  const { time, open, close, spread } = market
  return { time, open, close, spread }
}

function reportModel(
  model: ModelInfo,
  run: ModelRun | undefined,
  intervals: Readonly<Record<string, Interval>>,
): ReportModel {
  const scores = run?.scores ?? null
  return {
    name: model.name,
    sha256: model.sha256,
    bytes: model.bytes,
    format: model.format,
    parameters: model.parameters,
    opset: model.opset,
    inputs: model.inputs.map(reportValue),
    outputs: model.outputs.map(reportValue),
    status: run?.status ?? 'skipped',
    error: reportError(run?.failure ?? null),
    ...reportRun(run),
    metrics: byName(
      Object.entries(scores?.metrics ?? {}).map(([id, value]) => [id, finite(value)]),
    ),
    intervals,
    perClass: scores?.perClass ?? null,
    windows: scores?.windows ?? null,
    details: scores?.details ?? {},
    notes: scores?.notes ?? [],
    warnings: [...model.warnings, ...(scores?.warnings ?? [])],
    ...(model.checkpoints === undefined
      ? {}
      : {
          checkpoints: model.checkpoints.map(({ name, sha256, bytes }) => ({
            name,
            sha256,
            bytes,
          })),
        }),
  }
}

type RunField =
  | 'attempts'
  | 'failedAttempts'
  | 'keptRows'
  | 'keptAt'
  | 'parity'
  | 'memory'
  | 'backend'
  | 'threads'
  | 'batchSize'
  | 'timing'

/** How the model was run. */
function reportRun(run: ModelRun | undefined): Pick<ReportModel, RunField> {
  const keptAt = run?.keptAt ?? null
  return {
    attempts: run?.attempts ?? 0,
    failedAttempts: (run?.failedAttempts ?? []).map(
      ({ backend, threads, batchLimit, failure }) => ({
        ...{ backend, threads, batchLimit },
        error: { code: failure.code, message: failure.message },
      }),
    ),
    keptRows: run?.keptRows ?? 0,
    keptAt: keptAt === null ? null : new Date(keptAt).toISOString(),
    parity: run?.parity ?? null,
    memory: run?.memory ?? null,
    backend: run?.backend ?? null,
    threads: run?.threads ?? null,
    batchSize: run?.batchSize ?? null,
    timing: finiteTiming(run?.timing ?? null),
  }
}

function reportValue({ name, type, shape }: ValueInfo): Pick<ValueInfo, 'name' | 'type' | 'shape'> {
  return { name, type, shape }
}

function reportError(failure: ModelRun['failure']): ReportModel['error'] {
  return failure === null
    ? null
    : { code: failure.code, message: failure.message, advice: failure.advice }
}

function finiteTiming(timing: ModelTiming | null): ModelTiming | null {
  if (timing === null) return null
  return {
    loadMs: finite(timing.loadMs) ?? 0,
    firstBatchMs: finite(timing.firstBatchMs),
    totalMs: finite(timing.totalMs) ?? 0,
    rowsPerSecond: finite(timing.rowsPerSecond),
    batchMs: { p50: finite(timing.batchMs.p50), p95: finite(timing.batchMs.p95) },
  }
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

/** Names come from files and may be called `__proto__`, which a plain object would swallow. */
function byName<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const record = Object.create(null) as Record<string, T>
  for (const [name, value] of entries) record[name] = value
  return record
}
