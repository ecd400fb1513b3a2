import { isoTime } from '../core/time-text'
import type { EquityCurve, Report } from '../core/report'
import type { ReportTable } from './report-table'

/** Named as the benchmark that it is, beside policies that have names of their own. */
const BUY_AND_HOLD = 'buy and hold'

/** What a backtest leaves behind. */
export function policyTables(report: Report): readonly ReportTable[] {
  return [windows(report), trades(report), equity(report), actions(report), costs(report)]
}

function windows({ models, metrics }: Report): ReportTable {
  return {
    id: 'windows',
    title: 'Walk-forward windows',
    columns: [
      ...['model', 'window', 'firstRow', 'lastRow', 'firstTime', 'lastTime', 'partial'],
      'checkpoint',
      ...metrics.map((metric) => metric.id),
    ],
    rows: models.flatMap(({ name, windows: own }) =>
      (own ?? []).map((window) => [
        ...[
          name,
          window.index,
          window.start,
          window.end - 1,
          window.startTime,
          window.endTime,
          window.partial,
          window.checkpoint ?? null,
        ],
        ...metrics.map((metric) => window.metrics[metric.id] ?? null),
      ]),
    ),
  }
}

/** Bars are counted from the start of the range. */
function trades({ models }: Report): ReportTable {
  return {
    id: 'trades',
    title: 'Trades',
    columns: [
      ...['model', 'side', 'entryBar', 'exitBar', 'bars', 'entryPrice', 'exitPrice'],
      ...['units', 'profit', 'entryTime', 'exitTime'],
    ],
    rows: models.flatMap(({ name, details }) =>
      (details.policy?.trades ?? []).map((trade) => [
        ...[name, trade.side, trade.entryIndex, trade.exitIndex, trade.bars],
        ...[
          trade.entryPrice,
          trade.exitPrice,
          trade.units,
          trade.pnl,
          trade.entryTime,
          trade.exitTime,
        ],
      ]),
    ),
  }
}

function equity({ models }: Report): ReportTable {
  const marks = (name: string, { rows, times, equity: values, drawdown }: EquityCurve) =>
    rows.map((row, index) => {
      const time = times?.[index]
      return [
        ...[name, row, time === undefined ? null : isoTime(time)],
        ...[values[index] ?? null, drawdown[index] ?? null],
      ]
    })
  const policies = models.flatMap(({ name, details: { policy } }) =>
    policy === undefined ? [] : [{ name, policy }],
  )
  const [first] = policies
  return {
    id: 'equity',
    title: 'Equity',
    columns: ['model', 'row', 'time', 'equity', 'drawdown'],
    rows: [
      ...policies.flatMap(({ name, policy }) => marks(name, policy.equity)),
      // A market that is the same for all.
      ...(first === undefined ? [] : marks(BUY_AND_HOLD, first.policy.buyAndHold)),
    ],
  }
}

function actions({ models }: Report): ReportTable {
  return {
    id: 'actions',
    title: 'Actions',
    columns: ['model', 'action', 'bars'],
    rows: models.flatMap(({ name, details }) =>
      (details.policy?.actions ?? []).map(({ action, count }) => [name, action, count]),
    ),
  }
}

function costs({ models }: Report): ReportTable {
  return {
    id: 'costs',
    title: 'Total return by fee',
    columns: ['model', 'fee', 'totalReturn'],
    rows: models.flatMap(({ name, details: { policy } }) =>
      (policy?.cost?.fees ?? []).map((fee, index) => [
        ...[name, fee, policy?.cost?.totalReturns[index] ?? null],
      ]),
    ),
  }
}
