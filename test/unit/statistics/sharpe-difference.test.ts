import { describe, expect, it } from 'vitest'
import { sharpe } from '../../../src/metrics/sharpe'
import { sharpeBlockLength } from '../../../src/statistics/sharpe-block-length'
import { sharpeDifference } from '../../../src/statistics/sharpe-difference'
import { policyStatisticsReference, randomReturns } from './policy-statistics-reference'
import { cpuTime } from '../cpu-time'

const settings = { blockLength: 4, periodsPerYear: 252, seed: 0, resamples: 500 }

describe('the difference of two Sharpe ratios', () => {
  it.each(policyStatisticsReference.sharpeDifferences)(
    'agrees with resampling row by row: $name',
    ({ first, second, settings, expected }) => {
      const actual = sharpeDifference(
        Float64Array.from(first),
        second === null ? null : Float64Array.from(second),
        settings,
      )
      expect(actual?.difference).toBeCloseTo(expected.difference, 9)
      expect(actual?.interval?.[0]).toBeCloseTo(expected.interval[0], 8)
      expect(actual?.interval?.[1]).toBeCloseTo(expected.interval[1], 8)
      expect(actual?.pValue).toBeCloseTo(expected.pValue, 12)
    },
  )

  it('is the difference of the figures that are shown', () => {
    const policies = [randomReturns(300, 1, 0, 0.001), randomReturns(300, 2)] as const
    const [first, second] = policies.map((returns) => {
      const equity = new Float64Array(returns.length + 1).fill(1)
      returns.forEach((value, t) => (equity[t + 1] = (equity[t] as number) * (1 + value)))
      return sharpe({ equity, periodsPerYear: 252 }) ?? NaN
    }) as [number, number]
    expect(sharpeDifference(...policies, settings)?.difference).toBeCloseTo(first - second, 9)
    expect(sharpeDifference(policies[0], null, settings)?.difference).toBeCloseTo(first, 9)
  })

  it('flips its signs when the policies swap', () => {
    const [first, second] = [randomReturns(300, 3, 0.2, 0.002), randomReturns(300, 4)]
    const there = sharpeDifference(first, second, settings)
    const back = sharpeDifference(second, first, settings)
    expect(there?.interval).toEqual(back?.interval?.map((bound) => -bound).reverse())
    expect(there?.difference).toBe(-(back?.difference ?? NaN))
    expect(there?.pValue).toBe(back?.pValue)
  })

  it('is nothing for a policy against itself, at any leverage', () => {
    const returns = randomReturns(300, 5, 0.2, 0.001)
    const nothing = { difference: 0, interval: [0, 0], pValue: 1 }
    expect(sharpeDifference(returns, returns, settings)).toEqual(nothing)
    const levered = returns.map((value) => 3 * value)
    expect(sharpeDifference(returns, levered, settings)).toEqual(nothing)
  })

  it('gives the same figures for the same seed, others for another', () => {
    const policies = [randomReturns(200, 6), randomReturns(200, 7)] as const
    const once = sharpeDifference(...policies, settings)
    expect(sharpeDifference(...policies, settings)).toEqual(once)
    expect(sharpeDifference(...policies, { ...settings, seed: 1 })).not.toEqual(once)
  })

  it('finds evidence exactly where the interval leaves 0 out', () => {
    const found = new Set<boolean>()
    for (let seed = 0; seed < 60; seed += 1) {
      const first = randomReturns(120, 2 * seed, 0, 0.0012)
      const result = sharpeDifference(first, randomReturns(120, 2 * seed + 1), settings)
      const [low, high] = result?.interval ?? [NaN, NaN]
      expect((result?.pValue ?? NaN) <= 0.05).toBe(low > 0 || high < 0)
      found.add(low > 0 || high < 0)
    }
    expect(found.size).toBe(2)
  })

  it('is wrong about equal policies in one of twenty cases, also where returns remember', () => {
    for (const memory of [0, 0.3]) {
      let found = 0
      for (let seed = 0; seed < 400; seed += 1) {
        const policies = [
          randomReturns(250, 1000 + 2 * seed, memory, 0.001),
          randomReturns(250, 1001 + 2 * seed, memory, 0.001),
        ] as const
        const blockLength = sharpeBlockLength(policies)
        const result = sharpeDifference(...policies, { ...settings, blockLength, resamples: 199 })
        found += Number((result?.pValue ?? NaN) <= 0.05)
      }
      // A share of 0.05 has a standard error of 0.011.
      expect(found / 400).toBeGreaterThan(0.02)
      expect(found / 400).toBeLessThan(0.09)
    }
  })

  it('knows no difference from what has no Sharpe ratio, and says little of one that seldom trades', () => {
    const returns = randomReturns(200, 8)
    expect(sharpeDifference(returns, new Float64Array(200), settings)).toBeNull()
    expect(sharpeDifference(new Float64Array(200).fill(0.01), null, settings)).toBeNull()
    expect(sharpeDifference(Float64Array.of(1, 2, 3), null, settings)).toBeNull()
    const seldom = new Float64Array(200)
    seldom.set([0.02, -0.01], 100)
    const result = sharpeDifference(returns, seldom, settings)
    expect(result?.interval).toBeNull()
    expect(result?.pValue).toBeGreaterThan(0.05)
  })

  it('claims nothing where every resample is the series itself', () => {
    const policies = [randomReturns(200, 9, 0, 0.01), randomReturns(200, 10)] as const
    const result = sharpeDifference(...policies, { ...settings, blockLength: 1e9 })
    expect(result?.difference).toBeGreaterThan(0)
    expect(result?.interval).toBeNull()
    expect(result?.pValue).toBe(1)
  })

  it('takes seconds at most for 100,000 bars', () => {
    const policies = [randomReturns(100_000, 9, 0.1), randomReturns(100_000, 10)] as const
    const spent = cpuTime(() => {
      const blockLength = sharpeBlockLength(policies)
      sharpeDifference(...policies, { ...settings, blockLength, resamples: 2000 })
    })
    expect(spent).toBeLessThan(8000)
  }, 120_000)
})

describe('the block length for Sharpe ratios', () => {
  it('is the longest that any policy or difference asks for', () => {
    const [calm, long] = [randomReturns(1000, 11), randomReturns(1000, 12, 0.8)]
    const alone = sharpeBlockLength([calm])
    expect(sharpeBlockLength([long])).toBeGreaterThan(3 * alone)
    expect(sharpeBlockLength([calm, long])).toBeGreaterThan(3 * alone)
    expect(sharpeBlockLength([calm, new Float64Array(1000)])).toBe(alone)
    expect(sharpeBlockLength([new Float64Array(1000)])).toBe(1)
    expect(sharpeBlockLength([])).toBe(1)
  })

  it('never makes more than some 10,000 blocks', () => {
    expect(sharpeBlockLength([randomReturns(200_000, 13)])).toBeGreaterThanOrEqual(20)
  })
})
