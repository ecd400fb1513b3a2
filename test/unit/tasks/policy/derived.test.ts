import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PolicySettings } from '../../../../src/core/policy'
import { maxDrawdown } from '../../../../src/metrics/max-drawdown'
import { totalReturn } from '../../../../src/metrics/total-return'
import { actionSummary } from '../../../../src/tasks/policy/action-summary'
import { backtest, type ReplaySettings } from '../../../../src/tasks/policy/backtest'
import { buyAndHold } from '../../../../src/tasks/policy/buy-and-hold'
import { chainTraded } from '../../../../src/tasks/policy/chain-traded'
import { chainWindows } from '../../../../src/tasks/policy/chain-windows'
import { chooseActions } from '../../../../src/tasks/policy/choose-actions'
import { costCurve } from '../../../../src/tasks/policy/cost-curve'
import { drawdownSeries } from '../../../../src/tasks/policy/drawdown-series'
import { policyMetrics } from '../../../../src/metrics/policy-metrics'
import { choosePath } from '../../../../src/tasks/policy/policy-path'
import { tradeWindows } from '../../../../src/tasks/policy/trade-windows'
import { compareStateReset } from '../../../../src/tasks/policy/state-reset'
import { digits, sampleMarket, samples } from './read-samples'
import { fullMarket } from './sample-market'

const settings: ReplaySettings = {
  actions: ['flat', 'long', 'short'],
  fill: 'next-open',
  fee: samples.policy.fee,
  size: 1,
  initialBalance: 10_000,
  periodsPerYear: samples.policy.periodsPerYear,
}
const target = samples.models['target_lstm.zip']
const whole = { index: 0, start: 5000, end: 7000, isPartial: false }
const targetActions = digits(target?.whole.actions ?? '')

describe('buyAndHold', () => {
  it('follows the price from the first open to the last close', () => {
    const [held] = buyAndHold(sampleMarket, [whole], { ...settings, fee: 0 })
    const { open, close, spread } = sampleMarket
    const [first, last] = [open?.[5001] ?? NaN, close[6999] ?? NaN]
    const units = 10_000 / first
    const costs = (units * ((spread[5001] ?? NaN) + (spread[6999] ?? NaN))) / 2
    expect(held?.equity.at(-1)).toBeCloseTo(units * last - costs, 8)
    expect(held?.trades).toHaveLength(1)
    expect(held?.exposedMarks).toBe(1999)
  })
})

describe('costCurve', () => {
  const curveOf = (given: ReplaySettings, actions = targetActions) => {
    const { curve } = costCurve(sampleMarket, [{ window: whole, actions }], given, [])
    if (curve === null) throw new Error('no curve')
    return curve
  }

  it('falls with the fee, and holds the return at the fee that was set', () => {
    const curve = curveOf({ ...settings, fee: 0.00007 })
    expect(curve.fees).toContain(0.00007)
    const sorted = [...curve.totalReturns].sort((a, b) => (b ?? 0) - (a ?? 0))
    expect(curve.totalReturns).toEqual(sorted)
    const [set] = backtest(sampleMarket, [whole], [targetActions], { ...settings, fee: 0.00007 })
    expect(curve.totalReturns[curve.fees.indexOf(0.00007)]).toBe(set && totalReturn(set))
  })

  it('has no break-even fee for a policy that loses without any', () => {
    expect(curveOf(settings).breakEvenFee).toBeNull()
  })

  it('finds the fee at which nothing is left', () => {
    // Knows the close of the bar at whose open its order is filled, so it earns.
    const { open, close } = sampleMarket
    const seer = Uint8Array.from({ length: 1999 }, (_, t) =>
      (close[5001 + t] ?? 0) > (open?.[5001 + t] ?? 0) ? 1 : 2,
    )
    const { breakEvenFee } = curveOf(settings, seer)
    if (breakEvenFee === null) throw new Error('no break-even fee')
    const returnAt = (fee: number) => {
      const [result] = backtest(sampleMarket, [whole], [seer], { ...settings, fee })
      return result === undefined ? NaN : (totalReturn(result) ?? NaN)
    }
    expect(breakEvenFee).toBeGreaterThan(1e-5)
    expect(returnAt(breakEvenFee - 1e-7)).toBeGreaterThan(0)
    expect(returnAt(breakEvenFee + 1e-7)).toBeLessThan(0)
  })

  it('says why there is none', () => {
    const reason = (features: readonly ('position' | 'unrealized')[], actions = targetActions) =>
      costCurve(sampleMarket, [{ window: whole, actions }], settings, features).reason
    expect(reason(['position', 'unrealized'])).toContain('reads its unrealized profit')
    expect(reason([], targetActions.slice(0, 50))).toContain('ruined')
    expect(reason(['position'])).toBeNull()
  })
})

describe('actionSummary', () => {
  it('counts the actions of all windows', () => {
    const { counts, warning } = actionSummary(settings.actions, [targetActions, Uint8Array.of(1)])
    const digit = (text: string) =>
      [...(target?.whole.actions ?? '')].filter((d) => d === text).length
    expect(counts).toEqual([
      { action: 'flat', count: digit('0') },
      { action: 'long', count: digit('1') + 1 },
      { action: 'short', count: digit('2') },
    ])
    expect(warning).toBeNull()
  })

  it('counts targets by their side', () => {
    const { counts } = actionSummary(['target'], [Float32Array.of(-1, -0.1, 0, -0, 0.5)])
    expect(counts.map(({ count }) => count)).toEqual([2, 2, 1])
  })

  it('warns of a policy that always does the same', () => {
    const same = (actions: readonly ('flat' | 'long' | 'target')[], list: Float64Array) =>
      actionSummary(actions, [list, list]).warning
    expect(same(['flat', 'long'], Float64Array.of(1, 1, 1))).toContain('chooses long at every bar')
    expect(same(['target'], Float64Array.of(0.25, 0.25))).toContain('target 0.25 at every bar')
    expect(same(['flat', 'long'], Float64Array.of(1, 0))).toBeNull()
    expect(same(['flat', 'long'], new Float64Array())).toBeNull()
  })
})

describe('chainTraded', () => {
  const windows = [0, 1, 2].map((index) => ({
    ...{ index, start: 5000 + index * 600, end: 5600 + index * 600, isPartial: false },
  }))
  const all = { index: 0, start: 5000, end: 6800, isPartial: false }
  const given: PolicySettings = {
    ...{ ...settings, fee: 0.0001, accountFeatures: [], positionEncoding: 'sign' },
    ...{ warmup: 0, stateReset: true, convention: 'bakeoff' },
  }
  const answers = Float64Array.from({ length: 1800 }, (_, bar) => targetActions[bar] ?? 0)

  it('ends with what all of its trades left over', () => {
    const traded = tradeWindows(sampleMarket, windows, answers, given)
    const { result, actions } = chainTraded(all, traded)
    expect(result.equity).toHaveLength(1800)
    expect(actions).toHaveLength(3 * 599)
    const profit = result.trades.reduce((sum, { pnl }) => sum + pnl, 0)
    expect(result.equity.at(-1)).toBeCloseTo(10_000 + profit, 6)
    expect(result.times).toEqual(sampleMarket.times?.slice(5000, 6800))
    const { open } = sampleMarket
    for (const { entryIndex, entryPrice } of result.trades) {
      expect(entryPrice).toBe(open?.[5000 + entryIndex])
    }
  })

  it('has nothing after ruin', () => {
    const traded = tradeWindows(sampleMarket, windows, answers, { ...given, size: 100, fee: 0.01 })
    const { result } = chainTraded(all, traded)
    expect(result.isRuined).toBe(true)
    expect(result.equity.at(-1)).toBe(0)
    expect(result.trades.every(({ exitIndex }) => exitIndex < 600)).toBe(true)
  })
})

describe('chainWindows', () => {
  const windows = [
    { index: 0, start: 10, end: 13, isPartial: false },
    { index: 1, start: 13, end: 15, isPartial: true },
  ]

  it('begins each window with what the one before ended with', () => {
    const curves = [Float64Array.of(100, 110, 120), Float64Array.of(100, 50)]
    const chained = chainWindows(
      windows,
      curves.map((equity) => ({ equity })),
    )
    expect([...chained.rows]).toEqual([10, 11, 12, 13, 14])
    expect([...chained.equity]).toEqual([100, 110, 120, 120, 60])
    expect(chained.starts).toEqual([0, 3])
  })

  it('stays at zero after ruin, and multiplies the returns of its windows', () => {
    const ruined = [Float64Array.of(100, 0, 0), Float64Array.of(100, 150)]
    const chained = chainWindows(
      windows,
      ruined.map((equity) => ({ equity })),
    )
    expect([...chained.equity]).toEqual([100, 0, 0, 0, 0])
    const curve = fc.array(fc.double({ min: 1, max: 100, noNaN: true }), {
      minLength: 2,
      maxLength: 9,
    })
    fc.assert(
      fc.property(fc.array(curve, { minLength: 1, maxLength: 5 }), (lists) => {
        const results = lists.map((marks) => ({ equity: Float64Array.from(marks) }))
        const growth = results.reduce((all, result) => all * (1 + (totalReturn(result) ?? 0)), 1)
        const { equity } = chainWindows([], results)
        expect((equity.at(-1) ?? NaN) / (equity[0] ?? NaN) / growth).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('drawdownSeries', () => {
  it('is the loss from the highest mark so far', () => {
    expect([...drawdownSeries(Float64Array.of(100, 120, 90, 150, 0))]).toEqual([0, 0, -0.25, 0, -1])
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 9, noNaN: true }), { minLength: 1 }),
        (marks) => {
          const equity = Float64Array.from(marks)
          expect(-Math.min(...drawdownSeries(equity))).toBeCloseTo(
            maxDrawdown({ equity }) ?? NaN,
            12,
          )
        },
      ),
    )
  })
})

describe('chooseActions', () => {
  it('takes the first of the largest scores', () => {
    const actions = new Float64Array(3)
    const scores = Float32Array.of(1, 3, 3, -Infinity, 0, -1, -2, -2, -2)
    expect(chooseActions('scores', scores, 3, actions)).toBeNull()
    expect([...actions]).toEqual([1, 1, 0])
  })

  it('clips targets, and takes chosen actions as they are', () => {
    const actions = new Float64Array(3)
    expect(chooseActions('target', Float32Array.of(-3, 0.25, Infinity), 1, actions)).toBeNull()
    expect([...actions]).toEqual([-1, 0.25, 1])
    expect(chooseActions('index', BigInt64Array.of(2n, 0n, 1n), 3, actions)).toBeNull()
    expect([...actions]).toEqual([2, 0, 1])
  })

  it('names the first row that holds no action', () => {
    const actions = new Float64Array(2)
    const row = (kind: 'scores' | 'index' | 'target', answers: Float32Array, width: number) =>
      chooseActions(kind, answers, width, actions)?.row
    expect(row('scores', Float32Array.of(0, 1, 1, NaN), 2)).toBe(1)
    expect(row('scores', Float32Array.of(NaN, 1, 1, 0), 2)).toBe(0)
    expect(row('target', Float32Array.of(0, NaN), 1)).toBe(1)
    expect(row('index', Float32Array.of(0, 2), 2)).toBe(1)
    expect(row('index', Float32Array.of(0.5, 1), 2)).toBe(0)
  })
})

describe('choosePath', () => {
  const traits = {
    ...{ readsAccount: false, isRecurrent: false, hasTimeAxis: false, hasFreeBatch: true },
    hasStateReset: false,
  }

  it('batches bars only where none needs the one before', () => {
    expect(choosePath(traits, 5).path).toBe('rows')
    for (const readsAccount of [true, false]) {
      for (const isRecurrent of [true, false]) {
        for (const hasTimeAxis of [true, false]) {
          const { path } = choosePath({ ...traits, readsAccount, isRecurrent, hasTimeAxis }, 5)
          if (readsAccount || isRecurrent) expect(path).not.toBe('rows')
          const isLedBack = isRecurrent && !hasTimeAxis
          if (readsAccount) expect(path).toBe(isLedBack ? 'steps' : 'ahead')
        }
      }
    }
  })

  it('uses a time axis, or else windows side by side, with a sentence', () => {
    const recurrent = { ...traits, isRecurrent: true }
    expect(choosePath({ ...recurrent, hasTimeAxis: true }, 5).path).toBe('sequence')
    expect(choosePath(recurrent, 5)).toEqual({
      path: 'steps',
      reason:
        'It carries a state that its graph moves by one bar at a time; windows run side by side.',
    })
    expect(choosePath(recurrent, 1).path).toBe('single-steps')
    expect(choosePath({ ...recurrent, hasFreeBatch: false }, 5).reason).toContain(
      'one after another',
    )
    expect(choosePath({ ...traits, hasFreeBatch: false }, 5).path).toBe('single-steps')
  })
})

describe('choosePath with a reset state beside', () => {
  it('runs both side by side where they can go on by one bar alone', () => {
    const traits = { isRecurrent: true, hasTimeAxis: true, hasFreeBatch: true, hasStateReset: true }
    const account = { ...traits, readsAccount: true }
    expect(choosePath(account, 0).path).toBe('ahead')
    expect(choosePath({ ...account, hasTimeAxis: false }, 0).path).toBe('steps')
    expect(choosePath({ ...traits, readsAccount: false }, 0).path).toBe('sequence')
    const fixed = { ...traits, readsAccount: true, hasFreeBatch: false }
    expect(choosePath(fixed, 0).path).toBe('single-steps')
  })
})

describe('compareStateReset', () => {
  it('counts the bars that both decided, and no share of none', () => {
    const window = { index: 0, start: 0, end: 5, isPartial: false }
    const [result] = backtest(fullMarket, [window], [Uint8Array.of(1, 0, 0, 0)], settings)
    if (result === undefined) throw new Error('no result')
    const traded = (...actions: number[]) => ({
      ...{ window, result, actions: Float64Array.from(actions) },
    })
    const compare = (a: readonly number[], b: readonly number[]) =>
      compareStateReset(traded(...a), traded(...b), policyMetrics, false)
    expect(compare([1, 0, 0, 2], [1, 0, 3, 0])).toMatchObject({ bars: 4, changedShare: 0.5 })
    expect(compare([1, 0, 0, 2], [1, 3])).toMatchObject({ bars: 2, changedShare: 0.5 })
    expect(compare([1], [])).toMatchObject({ bars: 0, changedShare: null })
  })
})
