import { describe, expect, it } from 'vitest'
import { binomialCdf, binomialPmf } from '../../../src/statistics/binomial-distribution'
import { chiSquaredCdf, chiSquaredSf } from '../../../src/statistics/chi-squared-distribution'
import { incompleteBeta } from '../../../src/statistics/incomplete-beta'
import { studentTSf, studentTTwoSided } from '../../../src/statistics/student-t-distribution'
import { expectClose, statisticsReference } from './statistics-reference'

describe('distributions', () => {
  it('have SciPy’s incomplete beta functions, both tails', () => {
    for (const row of statisticsReference.incompleteBeta) {
      const [a = NaN, b = NaN, x = NaN, lower = NaN, upper = NaN] = row
      const actual = incompleteBeta(a, b, x)
      expectClose(actual.lower, lower, 1e-12, `I of ${row.join()}`)
      expectClose(actual.upper, upper, 1e-12, `1 − I of ${row.join()}`)
    }
  })

  it('have SciPy’s Student t, far out and from 1 to a million degrees of freedom', () => {
    for (const [t = NaN, degrees = NaN, sf = NaN] of statisticsReference.studentT) {
      expectClose(studentTSf(t, degrees), sf, 2e-12, `t ${String(t)}, ${String(degrees)}`)
    }
  })

  it('have SciPy’s binomial, to a million trials', () => {
    for (const [k = NaN, n = NaN, p = NaN, pmf = NaN, cdf = NaN] of statisticsReference.binomial) {
      expectClose(binomialPmf(k, n, p), pmf, 2e-12, `pmf ${String(k)} of ${String(n)}`)
      expectClose(binomialCdf(k, n, p), cdf, 2e-12, `cdf ${String(k)} of ${String(n)}`)
    }
  })

  it('have SciPy’s chi-squared, both tails', () => {
    for (const [x = NaN, degrees = NaN, cdf = NaN, sf = NaN] of statisticsReference.chiSquared) {
      expectClose(chiSquaredCdf(x, degrees), cdf, 1e-12, `cdf ${String(x)}, ${String(degrees)}`)
      expectClose(chiSquaredSf(x, degrees), sf, 1e-12, `sf ${String(x)}, ${String(degrees)}`)
    }
  })

  it('keep their edges and end where they are not defined', () => {
    expect(incompleteBeta(2, 3, 0)).toEqual({ lower: 0, upper: 1 })
    expect(incompleteBeta(2, 3, 1)).toEqual({ lower: 1, upper: 0 })
    expect(incompleteBeta(2, 3, NaN).lower).toBeNaN()
    expect(incompleteBeta(0, 3, 0.5).lower).toBeNaN()
    expect([studentTSf(0, 5), studentTSf(Infinity, 5), studentTSf(-Infinity, 5)]).toEqual([
      0.5, 0, 1,
    ])
    expect(studentTTwoSided(0, 3)).toBe(1)
    expect(studentTSf(NaN, 3)).toBeNaN()
    expect([binomialCdf(-1, 5, 0.5), binomialCdf(5, 5, 0.5), binomialPmf(6, 5, 0.5)]).toEqual([
      0, 1, 0,
    ])
    expect(chiSquaredSf(-1, 3)).toBe(1)
  })
})
