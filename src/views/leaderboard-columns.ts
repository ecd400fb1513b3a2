import {
  formatBytes,
  formatCount,
  formatFixed,
  formatMetric,
  formatSignificant,
  metricDecimals,
  UNDEFINED_FIGURE,
} from '../core/format'
import type { MetricInfo } from '../core/metric'
import type { LeaderboardRow } from './leaderboard-row'
import type { TableColumn } from './table-column'

export interface LeaderboardContext {
  readonly rows: readonly LeaderboardRow[]
  readonly metrics: readonly MetricInfo[]
  readonly primary: MetricInfo
  /** Rows of data behind every figure. */
  readonly dataRows: number
  readonly baseline: string | null
}

/** A longer name would push the columns behind it out of sight; its row says that it is the baseline. */
const LONGEST_HEAD = 24
/** Further metrics beside the primary one; the metrics tab has them all. */
const FURTHER = 3
/** What tells policies apart at a glance, where the metrics are those of a backtest. */
const POLICY_METRICS = ['score', 'totalReturn', 'sharpe', 'maxDrawdown', 'trades']

/** Rank and model, the primary metric, a few others, then what it costs. */
export function leaderboardColumns(
  context: LeaderboardContext,
): readonly TableColumn<LeaderboardRow>[] {
  const { rows, metrics, primary, baseline } = context
  const isKnown = ({ id }: MetricInfo) => rows.some((row) => (row.metrics[id] ?? null) !== null)
  const isBacktest = metrics.some(({ id }) => id === 'totalReturn')
  // Every figure of a parity check is a difference to the baseline already.
  const isParity = metrics.some(({ id }) => id === 'maxAbsDifference')
  const told = isBacktest ? metrics.filter(({ id }) => POLICY_METRICS.includes(id)) : metrics
  const further = told.filter((metric) => metric.id !== primary.id && isKnown(metric))
  const scored = rows.filter((row) => (row.metrics[primary.id] ?? null) !== null)
  const base = scored.find((row) => row.name === baseline)
  return [
    modelColumn(),
    { ...metricColumn(primary, context), isPrimary: true },
    ...(rows.some((row) => row.intervals[primary.id] !== undefined)
      ? [intervalColumn(context)]
      : []),
    ...(base === undefined || scored.length < 2 || isParity
      ? []
      : [differenceColumn(base, context)]),
    ...(rows.some((row) => row.comparison !== null) ? [verdictColumn()] : []),
    ...further
      .slice(0, isBacktest ? told.length : FURTHER)
      .map((metric) => metricColumn(metric, context)),
    rateColumn(isBacktest ? 'Bars/s' : 'Rows/s'),
    ...(rows.some((row) => row.batchMs !== null) ? [batchColumn(rows)] : []),
    ...(rows.some((row) => row.bytes !== null) ? [sizeColumn()] : []),
    backendColumn(),
  ]
}

/** Every metric of the task. */
export function metricColumns(context: LeaderboardContext): readonly TableColumn<LeaderboardRow>[] {
  return [
    modelColumn(),
    ...context.metrics.map((metric) => ({
      ...metricColumn(metric, context),
      isPrimary: metric.id === context.primary.id,
    })),
  ]
}

function modelColumn(): TableColumn<LeaderboardRow> {
  return {
    id: 'model',
    label: 'Model',
    align: 'start',
    value: (row) => row.name,
    text: (row) => row.name,
  }
}

function metricColumn(
  metric: MetricInfo,
  { rows, dataRows }: LeaderboardContext,
): TableColumn<LeaderboardRow> {
  const { id, label, description, direction, unit } = metric
  const column = rows.map((row) => row.metrics[id] ?? null)
  return {
    id,
    label,
    description: `${description} ${direction === 'higher' ? 'Higher' : 'Lower'} is better.`,
    align: 'end',
    best: direction,
    value: (row) => row.metrics[id] ?? null,
    text: (row) => formatMetric(row.metrics[id] ?? null, unit, dataRows, column),
  }
}

function intervalColumn({
  primary: { id, unit },
  rows,
  dataRows,
}: LeaderboardContext): TableColumn<LeaderboardRow> {
  const decimals = metricDecimals(
    unit,
    dataRows,
    rows.map((row) => row.metrics[id] ?? null),
  )
  return {
    id: 'interval',
    label: '95\u202f% interval',
    description: 'Where the figure would lie on other rows of the same kind.',
    align: 'end',
    value: (row) => row.intervals[id]?.[0] ?? null,
    text: (row) => {
      const interval = row.intervals[id]
      return interval === undefined
        ? UNDEFINED_FIGURE
        : interval.map((bound) => formatFixed(bound, decimals)).join(' to ')
    },
  }
}

function verdictColumn(): TableColumn<LeaderboardRow> {
  const text = ({ comparison }: LeaderboardRow) => comparison?.verdict ?? ''
  return {
    id: 'verdict',
    label: 'Verdict',
    description: 'Against the baseline, from test and interval together.',
    align: 'start',
    value: text,
    text,
  }
}

function differenceColumn(
  base: LeaderboardRow,
  { primary, rows, dataRows }: LeaderboardContext,
): TableColumn<LeaderboardRow> {
  const { id, unit } = primary
  const isShare = unit === 'share'
  const column = rows.map((row) => row.metrics[id] ?? null)
  const decimals = isShare ? 1 : metricDecimals(unit, dataRows, column)
  const whom = base.name.length > LONGEST_HEAD ? 'the baseline' : base.name
  const value = (row: LeaderboardRow) => {
    const own = row.metrics[id] ?? null
    const other = base.metrics[id] ?? null
    return own === null || other === null ? null : (own - other) * (isShare ? 100 : 1)
  }
  return {
    id: 'difference',
    label: `Against ${whom}${isShare ? ', points' : ''}`,
    align: 'end',
    value,
    text: (row) => {
      const difference = value(row)
      if (row.name === base.name) return 'baseline'
      if (difference === null) return UNDEFINED_FIGURE
      const shown = formatFixed(difference, decimals)
      return difference > 0 && /[1-9]/.test(shown) ? `+${shown}` : shown
    },
  }
}

function rateColumn(label: string): TableColumn<LeaderboardRow> {
  return {
    id: 'rate',
    label,
    description: 'Over all batches but the first.',
    align: 'end',
    best: 'higher',
    value: (row) => row.rowsPerSecond,
    text: ({ rowsPerSecond }) =>
      rowsPerSecond === null ? UNDEFINED_FIGURE : formatSignificant(rowsPerSecond, 3),
  }
}

function batchColumn(rows: readonly LeaderboardRow[]): TableColumn<LeaderboardRow> {
  const largest = Math.max(0, ...rows.map((row) => row.batchMs ?? 0))
  const decimals = largest < 10 ? 2 : largest < 100 ? 1 : 0
  return {
    id: 'batch',
    label: 'Batch p50, ms',
    description: 'Half of the batches took no longer. Batch sizes may differ.',
    align: 'end',
    value: (row) => row.batchMs,
    text: ({ batchMs }) => (batchMs === null ? UNDEFINED_FIGURE : formatFixed(batchMs, decimals)),
  }
}

function sizeColumn(): TableColumn<LeaderboardRow> {
  return {
    id: 'size',
    label: 'Size',
    align: 'end',
    value: (row) => row.bytes,
    text: ({ bytes }) => (bytes === null ? UNDEFINED_FIGURE : formatBytes(bytes)),
  }
}

function backendColumn(): TableColumn<LeaderboardRow> {
  return {
    id: 'backend',
    label: 'Backend',
    align: 'start',
    value: (row) => row.backend,
    text: ({ backend }) =>
      backend === null ? UNDEFINED_FIGURE : { wasm: 'WASM', webgpu: 'WebGPU' }[backend],
  }
}

/** `1`, `=1` for a tie: what stands before a model's name. */
export function rankText(row: LeaderboardRow, rows: readonly LeaderboardRow[]): string {
  if (row.rank === null) return UNDEFINED_FIGURE
  const isTied = rows.filter(({ rank }) => rank === row.rank).length > 1
  return `${isTied ? '=' : ''}${formatCount(row.rank)}`
}
