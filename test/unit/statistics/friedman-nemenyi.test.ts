import { describe, expect, it } from 'vitest'
import { friedmanTest } from '../../../src/statistics/friedman-test'
import { nemenyiCriticalDifference, nemenyiPValue } from '../../../src/statistics/nemenyi-test'
import {
  studentizedRangeCdf,
  studentizedRangeQuantile,
} from '../../../src/statistics/studentized-range'
import { policyStatisticsReference } from './policy-statistics-reference'
import { expectClose } from './statistics-reference'

const { friedman, studentizedRange } = policyStatisticsReference

describe('the Friedman test', () => {
  it.each(friedman)('agrees with SciPy: $name', ({ scores, ...expected }) => {
    const result = friedmanTest(scores, 'higher')
    expect(result?.windows).toBe(scores[0]?.length)
    result?.averageRanks.forEach((rank, model) =>
      expect(rank).toBeCloseTo(expected.averageRanks[model] ?? NaN, 12),
    )
    for (const test of ['chiSquared', 'imanDavenport'] as const) {
      const { statistic, pValue } = result?.[test] ?? {}
      expectClose(statistic ?? NaN, expected[test].statistic ?? NaN, 1e-12, `${test} statistic`)
      expectClose(pValue ?? NaN, expected[test].pValue ?? NaN, 1e-11, `${test} p-value`)
    }
  })

  it('moves ranks with the models, and turns them round with the direction', () => {
    for (const { scores } of friedman) {
      const result = friedmanTest(scores, 'higher')
      const turned = friedmanTest(scores, 'lower')
      const moved = friedmanTest(scores.toReversed(), 'higher')
      expect(moved?.averageRanks).toEqual(result?.averageRanks.toReversed())
      expect(moved?.chiSquared.pValue).toBeCloseTo(result?.chiSquared.pValue ?? NaN, 12)
      expect(turned?.chiSquared.pValue).toBeCloseTo(result?.chiSquared.pValue ?? NaN, 12)
      turned?.averageRanks.forEach((rank, model) =>
        expect(rank).toBeCloseTo(scores.length + 1 - (result?.averageRanks[model] ?? NaN), 12),
      )
    }
  })

  it('leaves out windows that a model has no score for', () => {
    const complete = friedmanTest(
      [
        [1, 2, 3],
        [2, 4, 1],
        [0, 1, 5],
      ],
      'higher',
    )
    const gaps = friedmanTest(
      [
        [1, 9, 2, 3, 7],
        [2, null, 4, 1, NaN],
        [0, 9, 1, 5, 7],
      ],
      'higher',
    )
    expect(gaps).toEqual(complete)
    expect(gaps?.windows).toBe(3)
  })

  it('finds nothing where every window is a tie', () => {
    const nothing = { statistic: 0, pValue: 1 }
    expect(
      friedmanTest(
        [
          [1, 2, 3],
          [1, 2, 3],
        ],
        'higher',
      ),
    ).toEqual({
      windows: 3,
      averageRanks: [1.5, 1.5],
      chiSquared: nothing,
      imanDavenport: nothing,
    })
  })

  it('promises no more than the windows can show where they all agree', () => {
    const result = friedmanTest(
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      'higher',
    )
    expect(result?.averageRanks).toEqual([3, 2, 1])
    // 3! orders: two windows agree by luck once in six.
    expect(result?.imanDavenport).toEqual({ statistic: null, pValue: 1 / 6 })
    expect(result?.chiSquared.pValue).toBeCloseTo(1 / 6, 12)
  })

  it('knows agreement of all windows through rounding', () => {
    for (let models = 3; models <= 9; models += 1) {
      for (let windows = 2; windows <= 20; windows += 1) {
        const scores = Array.from({ length: models }, (_, model) =>
          new Array<number>(windows).fill(Math.floor(model / 2)),
        )
        expect(friedmanTest(scores, 'lower')?.imanDavenport.statistic).toBeNull()
      }
    }
  })

  it('is null with fewer than two models or windows', () => {
    expect(friedmanTest([], 'higher')).toBeNull()
    expect(friedmanTest([[1, 2, 3]], 'higher')).toBeNull()
    expect(friedmanTest([[1], [2]], 'higher')).toBeNull()
    expect(
      friedmanTest(
        [
          [1, null],
          [null, 2],
        ],
        'higher',
      ),
    ).toBeNull()
  })
})

describe('the studentized range', () => {
  it('has SciPy’s probabilities and quantiles', () => {
    for (const [q = NaN, groups = NaN, expected = NaN] of studentizedRange.cdf) {
      const name = `cdf of ${String(q)}, ${String(groups)}`
      expect(Math.abs(studentizedRangeCdf(q, groups) - expected), name).toBeLessThan(1e-9)
    }
    for (const [p = NaN, groups = NaN, expected = NaN] of studentizedRange.quantiles) {
      expectClose(
        studentizedRangeQuantile(p, groups),
        expected,
        1e-8,
        `${String(p)}, ${String(groups)}`,
      )
    }
  })

  it('ends at 0 and 1', () => {
    expect([-1, 0, NaN].map((q) => studentizedRangeCdf(q, 5))).toEqual([0, 0, 0])
    for (const q of [20, 40, Infinity]) expect(studentizedRangeCdf(q, 5)).toBeCloseTo(1, 13)
  })
})

describe('Nemenyi’s test', () => {
  it('has the critical values of Demšar (2006), table 5 (a) and (b)', () => {
    const of = (alpha: number) =>
      Array.from({ length: 9 }, (_, index) => {
        const models = index + 2
        // Table 5 leaves out √(k(k + 1) / 6N).
        return nemenyiCriticalDifference(models, (models * (models + 1)) / 6, alpha)
      })
    const table05 = [1.96, 2.343, 2.569, 2.728, 2.85, 2.949, 3.031, 3.102, 3.164]
    const table10 = [1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.78, 2.855, 2.92]
    const printed = [...table05, ...table10]
    const found = [...of(0.05), ...of(0.1)]
    // The table was made from quantiles of fewer digits.
    found.forEach((value, index) =>
      expect(Math.abs(value - (printed[index] ?? NaN))).toBeLessThan(1e-3),
    )
  })

  it('agrees with SciPy’s studentized range', () => {
    for (const { scores, averageRanks, criticalDifference, firstAgainstLast } of friedman) {
      const [models, windows] = [scores.length, scores[0]?.length ?? 0]
      const apart = (averageRanks[0] ?? NaN) - (averageRanks.at(-1) ?? NaN)
      expectClose(nemenyiCriticalDifference(models, windows, 0.05), criticalDifference, 1e-8, 'CD')
      expectClose(nemenyiPValue(apart, models, windows), firstAgainstLast, 1e-7, 'p-value')
      expect(nemenyiPValue(-apart, models, windows)).toBe(nemenyiPValue(apart, models, windows))
    }
  })

  it('has a p-value of 1 for equal ranks and of alpha at the critical difference', () => {
    expect(nemenyiPValue(0, 4, 10)).toBe(1)
    expect(nemenyiPValue(nemenyiCriticalDifference(4, 10, 0.05), 4, 10)).toBeCloseTo(0.05, 10)
  })
})
