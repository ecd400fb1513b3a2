import { describe, expect, it } from 'vitest'
import type { MetricInfo } from '../../../src/core/metric'
import type { PolicyDetails, WindowScores } from '../../../src/core/report'
import {
  allWindows,
  buyAndHoldOf,
  paintedPolicies,
  windowsWon,
  windowValues,
  type PaintedPolicy,
} from '../../../src/views/policy-data'
import { reportModel } from '../report/report-model'

const curve = { rows: [5, 6], times: null, equity: [100, 101], drawdown: [0, 0] }
const details: PolicyDetails = {
  equity: curve,
  buyAndHold: curve,
  trades: [],
  tradeCount: 0,
  actions: [],
  cost: null,
  costReason: null,
  isRuined: false,
  stateReset: null,
}
const scoreOf = (direction: MetricInfo['direction']): MetricInfo => ({
  ...{ id: 'score', label: 'Score', unit: 'score', description: '', direction },
})

function window(index: number, score: number | null): WindowScores {
  const [start, end] = [index * 5, index * 5 + 5]
  const times = { startTime: null, endTime: null }
  return { index, start, end, ...times, partial: false, metrics: { score } }
}

function policy(name: string, scores: readonly (number | null)[], from = 0): PaintedPolicy {
  const windows = scores.map((score, index) => window(from + index, score))
  return { name, colour: 0, policy: details, windows }
}

describe('policies of a report', () => {
  const policies = [policy('a', [1, 2, null]), policy('b', [1, 3], 1)]

  it('are those with a backtest', () => {
    const model = reportModel('a', { details: { policy: details }, windows: [window(0, 1)] })
    const other = reportModel('b')
    const painted = [model, other].map((one) => ({
      ...{ name: one.name, colour: 3, details: one.details, model: one },
    }))
    expect(paintedPolicies(painted)).toEqual([
      { name: 'a', colour: 3, policy: details, windows: [window(0, 1)] },
    ])
  })

  it('share the windows, also where one was not traded in all of them', () => {
    const windows = allWindows(policies)
    expect(windows.map(({ index }) => index)).toEqual([0, 1, 2])
    expect(policies.map((one) => windowValues(one, windows, 'score'))).toEqual([
      [1, 2, null],
      [null, 1, 3],
    ])
  })

  it('win windows by the direction of the metric, ties counting for each', () => {
    const tied = [policy('a', [1, 2, null]), policy('b', [1, 1, 3])]
    const windows = allWindows(tied)
    expect([...windowsWon(tied, windows, scoreOf('higher'))]).toEqual([
      ['a', 2],
      ['b', 2],
    ])
    expect([...windowsWon(tied, windows, scoreOf('lower'))]).toEqual([
      ['a', 1],
      ['b', 3],
    ])
  })

  it('are held against the market where it has a curve', () => {
    expect(buyAndHoldOf(policies)).toBe(curve)
    expect(buyAndHoldOf([])).toBeNull()
    const empty = { ...curve, rows: [] }
    const without = { ...policy('a', []), policy: { ...details, buyAndHold: empty } }
    expect(buyAndHoldOf([without])).toBeNull()
  })
})
