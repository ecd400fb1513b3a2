import { describe, expect, it } from 'vitest'
import { doubledRanks } from '../../../src/metrics/doubled-ranks'
import { reference, regressionAnswers } from './read-reference'

const withRanks = reference.regression.flatMap((entry) =>
  entry.ranks ? [{ ...entry, ranks: entry.ranks }] : [],
)

describe('ranks', () => {
  it.each(withRanks)('agrees with SciPy: $name', (entry) => {
    const doubled = doubledRanks(regressionAnswers(entry).predicted) ?? []
    expect(Array.from(doubled, (rank) => rank / 2)).toEqual(entry.ranks)
  })

  it('covers a case with ties', () => {
    expect(withRanks.some((entry) => entry.ranks.some((rank) => rank % 1 !== 0))).toBe(true)
  })

  it('knows one zero, no order of NaN, and leaves its argument alone', () => {
    const values = Float64Array.of(0, NaN, -0, -1)
    expect(doubledRanks(values)).toBeNull()
    expect(Array.from(values)).toEqual([0, NaN, -0, -1])
    expect(doubledRanks(Float64Array.of(0, -0, -1))).toEqual(Uint32Array.of(5, 5, 2))
    expect(doubledRanks(Float32Array.of(0.5, 0.25))).toEqual(Uint32Array.of(4, 2))
  })
})
