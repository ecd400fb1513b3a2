import type { ModelRun, ModelTiming } from '../core/evaluation'
import { joinParity } from './parity'

/** How one model ran in one share. */
export interface ShareRun {
  readonly run: ModelRun
  /** Rows that it answered there. */
  readonly rows: number
}

/**
 * How a model ran over all shares: the scores of the merge, the circumstances of the shares that
 * answered rows. Where these ran it in different ways, the way of most rows stands, and a warning
 * says so.
 * @param merged the run that has scored the answers of all shares
 */
export function mergeRuns(merged: ModelRun, shares: readonly ShareRun[]): ModelRun {
  const took = shares.filter(({ rows, run }) => rows > 0 || run.status === 'failed')
  const [main] = took.toSorted((a, b) => b.rows - a.rows)
  if (main === undefined) return merged
  const failed = took.find(({ run }) => run.status !== 'ok')
  const { backend, threads, batchSize } = main.run
  return {
    ...merged,
    ...(failed === undefined ? {} : { status: failed.run.status, failure: failed.run.failure }),
    ...{ backend, threads, batchSize },
    attempts: Math.max(...took.map(({ run }) => run.attempts)),
    failedAttempts: took.flatMap(({ run }) => run.failedAttempts),
    keptRows: took.reduce((sum, { run }) => sum + run.keptRows, 0),
    keptAt: latest(took.map(({ run }) => run.keptAt)),
    parity: took.reduce<ModelRun['parity']>(
      (all, { run }) => (run.parity === null ? all : joinParity(all, run.parity)),
      null,
    ),
    memory: largest(took.map(({ run }) => run.memory)),
    timing: mergeTimings(took),
    scores: withWarning(merged, took),
  }
}

function withWarning(merged: ModelRun, shares: readonly ShareRun[]): ModelRun['scores'] {
  const backends = new Set(shares.flatMap(({ run }) => run.backend ?? []))
  if (merged.scores === null || backends.size < 2) return merged.scores
  const text = 'Some of its rows were answered on WebGPU and some on WASM, in different shares.'
  return { ...merged.scores, warnings: [...merged.scores.warnings, text] }
}

function latest(times: readonly (number | null)[]): number | null {
  const known = times.flatMap((time) => time ?? [])
  return known.length === 0 ? null : Math.max(...known)
}

function largest(memories: readonly ModelRun['memory'][]): ModelRun['memory'] {
  return memories.flatMap((memory) => memory ?? []).toSorted((a, b) => b.bytes - a.bytes)[0] ?? null
}

/** Sums over machines; percentiles of one machine alone are kept, since others cannot be joined. */
function mergeTimings(shares: readonly ShareRun[]): ModelTiming | null {
  const timed = shares.flatMap(({ run, rows }) =>
    run.timing === null ? [] : [{ ...run.timing, rows }],
  )
  const [first] = timed
  if (first === undefined) return null
  const rated = timed.filter(({ rowsPerSecond }) => (rowsPerSecond ?? 0) > 0)
  const rows = rated.reduce((sum, timing) => sum + timing.rows, 0)
  const seconds = rated.reduce((sum, timing) => sum + timing.rows / (timing.rowsPerSecond ?? 1), 0)
  return {
    loadMs: timed.reduce((sum, timing) => sum + timing.loadMs, 0),
    firstBatchMs: timed.find(({ firstBatchMs }) => firstBatchMs !== null)?.firstBatchMs ?? null,
    totalMs: timed.reduce((sum, timing) => sum + timing.totalMs, 0),
    rowsPerSecond: seconds > 0 ? rows / seconds : null,
    batchMs: timed.length === 1 ? first.batchMs : { p50: null, p95: null },
  }
}
