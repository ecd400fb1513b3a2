import { describe, expect, it } from 'vitest'
import {
  normalCdf,
  normalDensity,
  normalQuantile,
  normalSf,
} from '../../../src/statistics/normal-distribution'
import { expectClose, statisticsReference } from './statistics-reference'

describe('the normal distribution', () => {
  it('has SciPy’s probabilities in both tails, far out', () => {
    for (const [z = NaN, cdf = NaN, sf = NaN] of statisticsReference.normal.values) {
      expectClose(normalCdf(z), cdf, 2e-13, `cdf of ${String(z)}`)
      expectClose(normalSf(z), sf, 2e-13, `sf of ${String(z)}`)
    }
  })

  it('has SciPy’s quantiles to the smallest probabilities', () => {
    for (const [p = NaN, z = NaN] of statisticsReference.normal.quantiles) {
      expectClose(normalQuantile(p), z, 1e-14, `quantile of ${String(p)}`)
    }
  })

  it('keeps the edges', () => {
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([
      -Infinity,
      0,
      Infinity,
    ])
    expect([normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(NaN)]).toEqual([
      NaN,
      NaN,
      NaN,
    ])
    expect([normalCdf(-Infinity), normalCdf(0), normalCdf(Infinity)]).toEqual([0, 0.5, 1])
    expect(normalDensity(0)).toBeCloseTo(0.3989422804014327, 15)
  })
})
