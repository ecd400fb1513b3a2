import { describe, expect, it } from 'vitest'
import { reportTables } from '../../../src/report/report-tables'
import { ACCURACY, reportModel, reportOf } from './report-model'

const equity = { rows: [0, 9], times: [0, 1000], equity: [1000, 1100], drawdown: [0, -0.1] }
const trade = {
  ...{ side: 'long' as const, entryIndex: 1, exitIndex: 4, bars: 3 },
  ...{ entryPrice: 2, exitPrice: 3, units: 10, pnl: 9.5 },
  ...{ entryTime: '2024-01-31T09:30Z', exitTime: null },
}
const report = reportOf(
  [
    reportModel('a', {
      metrics: { accuracy: 0.25, mcc: -0.5 },
      intervals: { accuracy: [0.2, 0.3] },
      perClass: [{ label: 'yes', support: 3, precision: null, recall: 1, f1: null }],
      details: {
        confusion: [
          [1, 2],
          [3, 4],
        ],
        roc: [{ label: 'yes', area: 0.5, x: [0, 1], y: [0, 1] }],
        calibration: { confidence: [0.1], accuracy: [null], counts: [7] },
        residuals: { edges: [0, 1, 2], counts: [5, 6], truth: [], predicted: [] },
        policy: {
          ...{ equity, buyAndHold: equity, trades: [trade], tradeCount: 1, isRuined: false },
          actions: [{ action: 'buy', count: 2 }],
          cost: { fees: [0, 0.1], totalReturns: [0.1, null], breakEvenFee: null },
          costReason: null,
          stateReset: null,
        },
      },
      windows: [
        {
          index: 1,
          start: 5,
          end: 9,
          startTime: null,
          endTime: null,
          partial: true,
          checkpoint: 'walk_w001',
          metrics: { accuracy: 0.5 },
        },
      ],
    }),
    reportModel('b', {
      status: 'failed',
      error: { code: 'run-failed', message: 'It broke.', advice: 'Mend it.' },
    }),
  ],
  {
    task: { kind: 'classification', settings: {}, classes: ['no', 'yes'] },
    metrics: [ACCURACY, { ...ACCURACY, id: 'mcc', label: 'MCC' }],
    comparisons: [
      {
        ...{ baseline: 'b', candidate: 'a', metric: 'accuracy', difference: 0.1 },
        ...{
          interval: null,
          test: 'mcnemar-mid-p' as const,
          rows: 629,
          statistic: 4,
          pValue: 0.04,
        },
        ...{ adjustedPValue: 0.08, verdict: 'no evidence of a difference' as const },
      },
    ],
    events: [{ at: 5, level: 'info', text: 'Begun.' }],
  },
)
const table = (id: string) => {
  const found = reportTables(report).find((one) => one.id === id)
  if (found === undefined) throw new Error(`no table ${id}`)
  return found.rows.map((row) =>
    Object.fromEntries(found.columns.map((column, index) => [column, row[index]])),
  )
}

describe('reportTables', () => {
  it('has as many cells in every row as columns', () => {
    for (const { id, columns, rows } of reportTables(report)) {
      for (const row of rows) expect(row.length, id).toBe(columns.length)
    }
    expect(reportTables(report).map(({ id }) => id)).toEqual([
      ...['leaderboard', 'metrics', 'comparisons', 'per-class', 'confusion', 'roc'],
      ...['calibration', 'residuals', 'windows', 'trades', 'equity', 'actions', 'costs'],
      ...['models', 'events'],
    ])
  })

  it('leaves out what the report does not hold', () => {
    expect(reportTables(reportOf([reportModel('a')])).map(({ id }) => id)).toEqual([
      'leaderboard',
      'models',
    ])
  })

  it('ranks, with every metric in full, the interval, and why there are none', () => {
    expect(table('leaderboard')).toMatchObject([
      { rank: 1, model: 'a', accuracy: 0.25, mcc: -0.5, accuracyLow: 0.2, accuracyHigh: 0.3 },
      { rank: null, model: 'b', accuracy: null, status: 'failed', error: 'It broke.' },
    ])
    expect(table('metrics')).toEqual([
      { model: 'a', metric: 'accuracy', label: 'Accuracy', value: 0.25, low: 0.2, high: 0.3 },
      { model: 'a', metric: 'mcc', label: 'MCC', value: -0.5, low: null, high: null },
    ])
  })

  it('names true and answered classes', () => {
    expect(table('confusion')).toEqual([
      { model: 'a', true: 'no', answered: 'no', rows: 1 },
      { model: 'a', true: 'no', answered: 'yes', rows: 2 },
      { model: 'a', true: 'yes', answered: 'no', rows: 3 },
      { model: 'a', true: 'yes', answered: 'yes', rows: 4 },
    ])
    expect(table('per-class')).toMatchObject([{ class: 'yes', rows: 3, precision: null }])
    expect(table('comparisons')).toMatchObject([
      { candidate: 'a', low: null, adjustedPValue: 0.08 },
    ])
  })

  it('has windows, trades and equity of policies, and the market once', () => {
    expect(table('windows')).toEqual([
      {
        model: 'a',
        window: 1,
        firstRow: 5,
        lastRow: 8,
        firstTime: null,
        lastTime: null,
        partial: true,
        checkpoint: 'walk_w001',
        accuracy: 0.5,
        mcc: null,
      },
    ])
    expect(table('trades')).toMatchObject([
      { model: 'a', side: 'long', entryBar: 1, profit: 9.5, entryTime: '2024-01-31T09:30Z' },
    ])
    expect(table('equity').map(({ model, row, time }) => [model, row, time])).toEqual([
      ['a', 0, '1970-01-01T00:00Z'],
      ['a', 9, '1970-01-01T00:00:01Z'],
      ['buy and hold', 0, '1970-01-01T00:00Z'],
      ['buy and hold', 9, '1970-01-01T00:00:01Z'],
    ])
    expect(table('costs')).toEqual([
      { model: 'a', fee: 0, totalReturn: 0.1 },
      { model: 'a', fee: 0.1, totalReturn: null },
    ])
  })
})
