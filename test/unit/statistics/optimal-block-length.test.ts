import { describe, expect, it } from 'vitest'
import { optimalBlockLength } from '../../../src/statistics/optimal-block-length'
import { policyStatisticsReference, randomReturns } from './policy-statistics-reference'

const cases = policyStatisticsReference.blockLengths

describe('the block length of Politis and White', () => {
  it.each(cases)('agrees with the paper’s definition: $name', ({ values, politisWhite }) => {
    expect(optimalBlockLength(Float64Array.from(values))).toBeCloseTo(politisWhite, 9)
  })

  // arch divides by the spread of the overlapping rows alone, which shifts the first quiet lag of a
  // short series.
  it.each(cases.filter(({ values }) => values.length > 100))(
    'agrees with arch: $name',
    ({ values, arch }) => {
      expect(optimalBlockLength(Float64Array.from(values))).toBeCloseTo(arch, 9)
    },
  )

  it('covers the upper bound', () => {
    const bounded = cases.filter(
      ({ values: { length }, politisWhite }) =>
        politisWhite === Math.ceil(Math.min(3 * Math.sqrt(length), length / 3)),
    )
    expect(bounded).not.toEqual([])
  })

  it('comes near the length that is best for a known process', () => {
    // AR(1): (4φ² / (1 − φ²)²)^⅓ n^⅓ by the paper's formulas with the true autocovariances.
    const [rows, memory] = [100_000, 0.5]
    const best = Math.cbrt(((2 * memory) / (1 - memory ** 2)) ** 2 * rows)
    const found = optimalBlockLength(randomReturns(rows, 1, memory))
    expect(found / best).toBeGreaterThan(0.85)
    expect(found / best).toBeLessThan(1.15)
  })

  it('does not change with scale, offset or direction of time', () => {
    const values = randomReturns(400, 2, 0.6)
    const length = optimalBlockLength(values)
    expect(length).toBeGreaterThan(3)
    expect(optimalBlockLength(values.map((value) => 7 - 1000 * value))).toBeCloseTo(length, 6)
    expect(optimalBlockLength(values.toReversed())).toBeCloseTo(length, 9)
  })

  it('is 1 for what has no memory to keep', () => {
    expect(optimalBlockLength(new Float64Array(0))).toBe(1)
    expect(optimalBlockLength(Float64Array.of(1, 2, 3))).toBe(1)
    expect(optimalBlockLength(new Float64Array(500).fill(0.1))).toBe(1)
  })
})
