import { describe, expect, it } from 'vitest'
import { deflatedSharpeRatio } from '../../../src/statistics/deflated-sharpe-ratio'
import { expectedMaximumSharpe } from '../../../src/statistics/expected-maximum-sharpe'
import { probabilisticSharpeRatio } from '../../../src/statistics/probabilistic-sharpe-ratio'
import { returnMoments } from '../../../src/statistics/return-moments'
import { policyStatisticsReference, randomReturns } from './policy-statistics-reference'

const cases = policyStatisticsReference.sharpeProbabilities
const trials = cases.map(({ sharpe }) => sharpe)

/** Bailey & López de Prado (2014), the numerical example: 5 years of days, annual ratios. */
const example = { rows: 1250, sharpe: 2.5 / Math.sqrt(250), skewness: -3, kurtosis: 10 }

describe('the moments of returns', () => {
  it('are those of pandas, with kurtosis not in excess', () => {
    for (const { returns, sharpe, skewness, kurtosis } of cases) {
      const moments = returnMoments(Float64Array.from(returns))
      expect(moments?.rows).toBe(returns.length)
      expect(moments?.sharpe).toBeCloseTo(sharpe, 12)
      expect(moments?.skewness).toBeCloseTo(skewness, 10)
      expect(moments?.kurtosis).toBeCloseTo(kurtosis, 10)
    }
  })

  it('are null where there is too little or nothing varies', () => {
    expect(returnMoments(Float64Array.of(0.1, -0.1, 0.2))).toBeNull()
    expect(returnMoments(new Float64Array(50))).toBeNull()
    expect(returnMoments(new Float64Array(50).fill(0.1))).toBeNull()
    expect(returnMoments(Float64Array.of(0.1, 0.1 + 1e-16, 0.1, 0.1))).toBeNull()
    expect(returnMoments(Float64Array.of(0.1, NaN, 0.2, 0.3))).toBeNull()
    expect(returnMoments(Float64Array.of(0.1, Infinity, 0.2, 0.3))).toBeNull()
  })
})

describe('the probabilistic Sharpe ratio', () => {
  it('agrees with SciPy on the moments of pandas', () => {
    for (const { returns, psr } of cases) {
      const moments = returnMoments(Float64Array.from(returns))
      expect(probabilisticSharpeRatio(moments, 0)).toBeCloseTo(psr, 11)
    }
  })

  it('takes the kurtosis that is not in excess, where two libraries do not', () => {
    const returns = Float64Array.of(0.01, -0.02, 0.03, -0.01, 0.02, 0, -0.005, 0.015)
    expect(probabilisticSharpeRatio(returnMoments(returns), 0)).toBeCloseTo(0.7832, 5)
  })

  it('is a half at the ratio itself and falls with the benchmark', () => {
    expect(probabilisticSharpeRatio(example, example.sharpe)).toBe(0.5)
    const [low, high] = [0, 0.1].map((benchmark) => probabilisticSharpeRatio(example, benchmark))
    expect(low).toBeGreaterThan(high ?? NaN)
  })

  it('of the opposite returns is what is missing to 1', () => {
    const returns = randomReturns(100, 1, 0, 0.004)
    const there = probabilisticSharpeRatio(returnMoments(returns), 0) ?? NaN
    const back = probabilisticSharpeRatio(returnMoments(returns.map((value) => -value)), 0)
    expect(there).toBeGreaterThan(0.5)
    expect(back).toBeCloseTo(1 - there, 12)
  })

  it('is null without moments or where they leave no variance', () => {
    expect(probabilisticSharpeRatio(null, 0)).toBeNull()
    expect(probabilisticSharpeRatio({ rows: 9, sharpe: 1, skewness: 5, kurtosis: 3 }, 0)).toBeNull()
    expect(probabilisticSharpeRatio({ ...example, rows: 1 }, 0)).toBeNull()
  })
})

describe('the deflated Sharpe ratio', () => {
  it('repeats the numerical example of its authors', () => {
    const benchmark = expectedMaximumSharpe(100, 0.5 / 250)
    expect(benchmark).toBeCloseTo(0.1132, 4)
    expect(probabilisticSharpeRatio(example, benchmark)).toBeCloseTo(0.9004, 4)
  })

  it('agrees with SciPy on the moments of pandas', () => {
    for (const { returns, dsr } of cases) {
      const moments = returnMoments(Float64Array.from(returns))
      expect(deflatedSharpeRatio(moments, trials)).toBeCloseTo(dsr, 11)
      expect(deflatedSharpeRatio(moments, trials.toReversed())).toBeCloseTo(dsr, 11)
    }
  })

  it('is the probabilistic one for a single trial, and the harder the more were tried', () => {
    const alone = deflatedSharpeRatio(example, [example.sharpe])
    expect(alone).toBe(probabilisticSharpeRatio(example, 0))
    const some = deflatedSharpeRatio(example, [example.sharpe, 0.12]) ?? NaN
    const withFailed = deflatedSharpeRatio(example, [example.sharpe, 0.12, null, null])
    expect(some).toBeLessThan(alone ?? NaN)
    expect(withFailed).toBeLessThan(some)
  })

  it('expects of the best of many about what the best of many shows', () => {
    let sum = 0
    for (let family = 0; family < 400; family += 1) {
      const ratios = Array.from(randomReturns(50, family))
      const best = Math.max(...ratios)
      sum += best
    }
    // The noise has a deviation of 0.01 · √(6 / 12).
    const expected = expectedMaximumSharpe(50, 1e-4 / 2)
    expect(sum / 400 / expected).toBeGreaterThan(0.92)
    expect(sum / 400 / expected).toBeLessThan(1.08)
    expect(expectedMaximumSharpe(1, 1)).toBe(0)
  })
})
