import { describe, expect, it } from 'vitest'
import type { MetricInfo } from '../../../src/core/metric'
import type { ReportModel } from '../../../src/core/report'
import type { Result } from '../../../src/state/result'
import type { ModelProgress } from '../../../src/state/run-state.svelte'
import { leaderboardColumns, metricColumns, rankText } from '../../../src/views/leaderboard-columns'
import { progressRows, resultRows } from '../../../src/views/leaderboard-row'
import { reportModel, reportOf } from '../report/report-model'
import { tasks } from '../state/context'

const task = tasks[0] as NonNullable<(typeof tasks)[0]>
const accuracy = task.metrics[0] as MetricInfo

function resultOf(models: readonly ReportModel[], ranking: readonly string[]): Result {
  return {
    report: reportOf(models, { ranking }),
    task,
    metric: accuracy,
    verdict: '',
    conditions: [],
    colours: new Map([
      ['a', 3],
      ['b', 4],
    ]),
    baseline: null,
    source: null,
    rows: null,
  }
}

const broken = reportModel('c', {
  status: 'failed',
  error: { code: 'input-shape', message: 'Wrong width.', advice: 'Pick a column.' },
  metrics: { accuracy: 1 },
})
const result = resultOf(
  [
    broken,
    reportModel('a', { metrics: { accuracy: 0.9, mcc: 0.8 } }),
    reportModel('b', { metrics: { accuracy: 0.9001, mcc: null } }),
    reportModel('d', { metrics: { accuracy: 0.5 } }),
  ],
  ['b', 'a', 'd', 'c'],
)

describe('resultRows', () => {
  const rows = resultRows(result)

  it('follows the ranking and says why a model has no figures', () => {
    expect(rows.map((row) => row.name)).toEqual(['b', 'a', 'd', 'c'])
    expect(rows[3]).toMatchObject({
      note: { text: 'Wrong width. Pick a column.', isFault: true },
      rank: null,
      metrics: {},
    })
    expect(rows[1]?.colour).toBe(3)
  })

  it('ranks figures that are shown alike as tied', () => {
    expect(rows.map((row) => rankText(row, rows))).toEqual(['=1', '=1', '3', '–'])
  })
})

describe('progressRows', () => {
  it('holds what has finished, best first', () => {
    const progress = (name: string, value: number | null): ModelProgress => ({
      modelId: name,
      name,
      phase: 'finished',
      rows: 10,
      rowsDone: 629,
      rowsPerSecond: null,
      backend: 'wasm',
      lane: 0,
      keptRows: 0,
      run:
        value === null
          ? null
          : {
              modelId: name,
              status: 'ok',
              failure: null,
              attempts: 1,
              failedAttempts: [],
              keptRows: 0,
              keptAt: null,
              parity: null,
              memory: null,
              backend: 'wasm',
              threads: 1,
              batchSize: 1,
              timing: null,
              scores: {
                metrics: { accuracy: value },
                perClass: null,
                windows: null,
                details: {},
                notes: [],
                warnings: [],
              },
            },
    })
    const list = [progress('a', 0.4), progress('b', null), progress('c', 0.6)]
    const higher = progressRows(list, accuracy, new Map(), 629)
    expect(higher.map(({ name, rank }) => [name, rank])).toEqual([
      ['c', 1],
      ['a', 2],
    ])
    const lower = progressRows(list, { ...accuracy, direction: 'lower' }, new Map(), 629)
    expect(lower.map(({ name }) => name)).toEqual(['a', 'c'])
  })
})

describe('leaderboardColumns', () => {
  const rows = resultRows(result)
  const context = { rows, metrics: task.metrics, primary: accuracy, dataRows: 629, baseline: 'a' }

  it('puts the primary metric first and leaves out metrics that nobody has', () => {
    const ids = leaderboardColumns(context).map((column) => column.id)
    expect(ids).toEqual(['model', 'accuracy', 'difference', 'mcc', 'rate', 'size', 'backend'])
    expect(metricColumns(context)).toHaveLength(task.metrics.length + 1)
  })

  it('shows the others against the baseline, in points', () => {
    const difference = leaderboardColumns(context).find(({ id }) => id === 'difference')
    expect(rows.map((row) => difference?.text(row))).toEqual(['0.0', 'baseline', '−40.0', '–'])
  })

  it('has no such column without a baseline', () => {
    const ids = leaderboardColumns({ ...context, baseline: null }).map((column) => column.id)
    expect(ids).not.toContain('difference')
  })
})
