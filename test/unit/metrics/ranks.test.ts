import { describe, expect, it } from 'vitest'
import { ranks } from '../../../src/metrics/ranks'
import { reference, regressionAnswers } from './read-reference'

const withRanks = reference.regression.flatMap((entry) =>
  entry.ranks ? [{ ...entry, ranks: entry.ranks }] : [],
)

describe('ranks', () => {
  it.each(withRanks)('agrees with SciPy: $name', (entry) => {
    expect(Array.from(ranks(regressionAnswers(entry).predicted))).toEqual(entry.ranks)
  })

  it('covers a case with ties', () => {
    expect(withRanks.some((entry) => entry.ranks.some((rank) => rank % 1 !== 0))).toBe(true)
  })

  it('knows one zero, no order of NaN, and leaves its argument alone', () => {
    const values = Float64Array.of(0, NaN, -0, -1)
    expect(Array.from(ranks(values))).toEqual([2.5, NaN, 2.5, 1])
    expect(Array.from(values)).toEqual([0, NaN, -0, -1])
  })
})
