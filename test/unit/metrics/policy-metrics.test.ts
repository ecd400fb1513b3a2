import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PolicyResult } from '../../../src/core/policy'
import {
  DEFAULT_POLICY_METRIC,
  policyMetrics,
  policyMetricsOf,
  type PolicyMetric,
} from '../../../src/metrics/policy-metrics'
import { reference } from '../tasks/policy/read-samples'
import { expectFigure } from './read-reference'

const IDS =
  'score totalReturn cagr volatility sharpe sortino maxDrawdown calmar trades winRate profitFactor exposure'

function resultOf(equity: readonly number[], pnl: readonly number[] = []): PolicyResult {
  return {
    equity: Float64Array.from(equity),
    trades: pnl.map((value) => ({
      side: 'long',
      entryIndex: 0,
      exitIndex: 1,
      entryPrice: 1,
      exitPrice: 1,
      bars: 1,
      units: 1,
      pnl: value,
    })),
    exposedMarks: 0,
    isRuined: false,
    periodsPerYear: 252,
    times: null,
  }
}

function figures(metrics: readonly PolicyMetric[], result: PolicyResult) {
  return Object.fromEntries(metrics.map(({ id, compute }) => [id, compute(result)]))
}

describe('policyMetrics', () => {
  it('holds every id, and a default among them', () => {
    expect(policyMetrics.map(({ id }) => id).join(' ')).toBe(IDS)
    expect(IDS.split(' ')).toContain(DEFAULT_POLICY_METRIC)
  })

  it.each(reference.curves)('agrees with pandas: $name', (entry) => {
    const { equity, pnl, exposed, periodsPerYear, expected } = entry
    const result = { ...resultOf(equity, pnl), exposedMarks: exposed, periodsPerYear }
    const actual = figures(policyMetrics, result)
    for (const id of IDS.split(' ')) expectFigure(actual[id], expected[id] ?? null, id)
  })

  it('says null, never 0, of what is undefined', () => {
    const flat = figures(policyMetrics, resultOf([100, 100, 100]))
    expect(flat).toMatchObject({ sharpe: null, sortino: null, calmar: null })
    expect(flat).toMatchObject({ winRate: null, profitFactor: null, volatility: 0, trades: 0 })
    const empty = figures(policyMetrics, resultOf([]))
    expect(Object.values(empty).filter((value) => value !== null)).toEqual([0])
  })

  it('takes no rounding error for a spread', () => {
    const rising = Array.from({ length: 200 }, (_, t) => 10_000 * 1.001 ** t)
    expect(figures(policyMetrics, resultOf(rising))).toMatchObject({ sharpe: null, volatility: 0 })
  })

  it('is finite or null for any curve', () => {
    const curve = fc.array(fc.double({ min: 0, max: 1e300, noNaN: true }), { maxLength: 30 })
    const conventions = ['bakeoff', 'quantstats', 'empyrical', 'backtesting.py'] as const
    fc.assert(
      fc.property(curve, fc.array(fc.double({ noNaN: true })), (equity, pnl) => {
        const times = Float64Array.from(equity, (_, t) => t * 40_000_000)
        const result = { ...resultOf([1000, ...equity], pnl.filter(Number.isFinite)), times }
        for (const convention of conventions) {
          for (const { id, compute } of policyMetricsOf(convention)) {
            const value = compute(result)
            if (value !== null) expect(Number.isFinite(value), `${convention} ${id}`).toBe(true)
          }
        }
      }),
      // A gain that is 1e311 times the loss.
      { examples: [[[9.999999999999995e299, 9.999999999999975e299], []]] },
    )
  })

  it('ratios do not depend on the unit of money', () => {
    const curve = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 5 })
    fc.assert(
      fc.property(curve, (equity) => {
        const one = figures(policyMetrics, resultOf(equity))
        const other = figures(policyMetrics, resultOf(equity.map((value) => value * 1024)))
        expect(other).toEqual(one)
      }),
    )
  })
})

describe('conventions', () => {
  const libraries = ['quantstats', 'empyrical', 'backtesting.py'] as const

  it.each(
    libraries.flatMap((library) => reference.conventions.map((entry) => ({ library, entry }))),
  )('$library: $entry.name', ({ library, entry }) => {
    const result: PolicyResult = {
      equity: Float64Array.from(entry.equity),
      trades: entry.trades,
      exposedMarks: entry.exposed,
      isRuined: false,
      periodsPerYear: entry.periodsPerYear,
      times: Float64Array.from(entry.times),
    }
    const actual = figures(policyMetricsOf(library), result)
    for (const [id, value] of Object.entries(entry[library])) {
      // The difference of two large powers loses digits, in pandas as here.
      if (library === 'backtesting.py' && /volatility|sharpe/.test(id) && value !== null) {
        expect(Math.abs((actual[id] ?? NaN) / value - 1), id).toBeLessThan(1e-6)
      } else expectFigure(actual[id], value, id)
    }
  })

  it('print the golden values that the libraries themselves print', () => {
    const equity = [0.01, -0.02, 0.03, -0.01, 0.02, 0, -0.005, 0.015].reduce(
      (marks, value) => [...marks, (marks.at(-1) ?? 1) * (1 + value)],
      [1],
    )
    // Nine business days from Tuesday, 2 January 2024.
    const days = [2, 3, 4, 5, 8, 9, 10, 11, 12]
    const times = Float64Array.from(days, (day) => Date.UTC(2024, 0, day))
    const result = { ...resultOf(equity), times }
    const shared = { totalReturn: 0.0397026802, cagr: 2.409091449, maxDrawdown: -0.02 }
    const daily = { volatility: 0.264952826, sharpe: 4.7555635434, sortino: 9.7979589711 }
    const golden = {
      quantstats: {
        ...shared,
        ...daily,
        winRate: 4 / 7,
        profitFactor: 2.142857142857,
        exposure: 0.88,
      },
      empyrical: { ...shared, ...daily },
      'backtesting.py': {
        ...shared,
        volatility: 0.9146487085,
        sharpe: 2.6338980481,
        sortino: 18.7334755354,
      },
    }
    for (const library of libraries) {
      const actual = figures(policyMetricsOf(library), result)
      for (const [id, value] of Object.entries({ ...golden[library], calmar: 120.4545724476 })) {
        expect(Math.abs((actual[id] ?? NaN) / value - 1), `${library} ${id}`).toBeLessThan(2e-9)
      }
    }
    const everyDay = Float64Array.from(equity, (_, day) => Date.UTC(2024, 0, 2 + day))
    const weekend = figures(policyMetricsOf('backtesting.py'), { ...result, times: everyDay })
    expect(weekend.cagr).toBeCloseTo(4.9085, 4)
    expect(weekend.sharpe).toBeCloseTo(2.5526, 4)
    const hours = Float64Array.from(equity, (_, hour) => Date.UTC(2024, 0, 2, 9 + hour))
    const oneDay = figures(policyMetricsOf('backtesting.py'), { ...result, times: hours })
    expect(oneDay).toMatchObject({ cagr: null, volatility: null, sharpe: null, sortino: null })
  })

  it('turns the direction with the sign of a drawdown', () => {
    for (const library of libraries) {
      const drawdown = policyMetricsOf(library).find(({ id }) => id === 'maxDrawdown')
      expect(drawdown?.direction).toBe('higher')
    }
  })
})
