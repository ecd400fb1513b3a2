import type { Comparison, Interval } from '../core/comparison'
import type { Backend } from '../core/evaluation'
import { formatMetric } from '../core/format'
import type { MetricInfo, MetricValue } from '../core/metric'
import type { ReportModel } from '../core/report'
import type { ModelProgress } from '../state/run-state.svelte'
import type { TableNote } from './table-column'
import type { Result } from '../state/result'

/** One model of the leaderboard, while the comparison runs or after it. */
export interface LeaderboardRow {
  readonly name: string
  readonly colour: number
  /** Models that cannot be told apart share a rank; null without a figure. */
  readonly rank: number | null
  readonly metrics: Readonly<Record<string, MetricValue>>
  /** 95 %, by metric id. */
  readonly intervals: Readonly<Record<string, Interval>>
  /** Against the baseline, on the primary metric; null where it was not compared. */
  readonly comparison: Comparison | null
  readonly rowsPerSecond: number | null
  readonly batchMs: number | null
  readonly bytes: number | null
  readonly backend: Backend | null
  /** In place of figures: why there are none. */
  readonly note: TableNote | null
}

/** Best first, failed models last, as the report ranks them. */
export function resultRows({ report, metric, colours }: Result): readonly LeaderboardRow[] {
  const rows = report.models.map((model): LeaderboardRow => {
    const { name, status, error, timing } = model
    const unfinished = status === 'cancelled' ? 'Stopped before it had finished.' : 'Not run.'
    return {
      name,
      colour: colours.get(name) ?? 0,
      rank: null,
      metrics: status === 'ok' ? model.metrics : {},
      intervals: model.intervals,
      comparison:
        report.comparisons.find(
          (comparison) => comparison.candidate === name && comparison.metric === metric.id,
        ) ?? null,
      rowsPerSecond: timing?.rowsPerSecond ?? null,
      batchMs: timing?.batchMs.p50 ?? null,
      bytes: model.bytes,
      backend: model.backend,
      note: status === 'ok' ? null : noteOn(error, unfinished),
    }
  })
  const order = new Map(report.ranking.map((name, index) => [name, index]))
  const ranked = rows.toSorted((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0))
  const tied = report.statistics?.tieGroups ?? []
  return tied.length === 0
    ? withRanks(ranked, metric, report.dataset.rows)
    : ranked.map((row) => ({ ...row, rank: tiedRank(row.name, tied) }))
}

/** One more than the models of all groups before; null for a model in none. */
function tiedRank(name: string, groups: readonly (readonly string[])[]): number | null {
  const own = groups.findIndex((group) => group.includes(name))
  return own === -1 ? null : 1 + groups.slice(0, own).flat().length
}

/** The models that have finished so far, best first. */
export function progressRows(
  progress: readonly ModelProgress[],
  metric: MetricInfo,
  colours: ReadonlyMap<string, number>,
  dataRows: number,
): readonly LeaderboardRow[] {
  const rows = progress.flatMap(({ name, run }): readonly LeaderboardRow[] => {
    if (run?.status !== 'ok') return []
    return [
      {
        name,
        colour: colours.get(name) ?? 0,
        rank: null,
        metrics: run.scores?.metrics ?? {},
        intervals: {},
        comparison: null,
        rowsPerSecond: run.timing?.rowsPerSecond ?? null,
        batchMs: run.timing?.batchMs.p50 ?? null,
        bytes: null,
        backend: run.backend,
        note: null,
      },
    ]
  })
  const isHigher = metric.direction === 'higher'
  const figure = (row: LeaderboardRow) =>
    row.metrics[metric.id] ?? (isHigher ? -Infinity : Infinity)
  const ranked = rows.toSorted((a, b) => {
    const [left, right] = isHigher ? [figure(b), figure(a)] : [figure(a), figure(b)]
    return left === right ? 0 : left - right
  })
  return withRanks(ranked, metric, dataRows)
}

function noteOn(error: ReportModel['error'], unfinished: string): TableNote {
  return error === null
    ? { text: unfinished, isFault: false }
    : { text: `${error.message} ${error.advice}`, isFault: true }
}

/** Figures equal to the digits shown share a rank. */
function withRanks(
  rows: readonly LeaderboardRow[],
  metric: MetricInfo,
  dataRows: number,
): readonly LeaderboardRow[] {
  const values = rows.map((row) => row.metrics[metric.id] ?? null)
  const shown = values.map((value) => formatMetric(value, metric.unit, dataRows, values))
  return rows.map((row, index) => {
    const isRanked = (values[index] ?? null) !== null
    return { ...row, rank: isRanked ? shown.indexOf(shown[index] ?? '') + 1 : null }
  })
}
