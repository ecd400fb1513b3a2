import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { delong, delongCovariance, rocPlacements } from '../../../src/statistics/delong'
import { dieboldMariano } from '../../../src/statistics/diebold-mariano'
import { holm } from '../../../src/statistics/holm'
import { mcnemar } from '../../../src/statistics/mcnemar'
import { rankOrder } from '../../../src/statistics/rank-order'
import { wilcoxonSignedRank } from '../../../src/statistics/wilcoxon-signed-rank'
import { expectClose, statisticsReference } from './statistics-reference'

const numbers = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 1, maxLength: 60 })

function placementsOf(scores: readonly number[], isPositive: Uint8Array) {
  const placements = rocPlacements(rankOrder(Float64Array.from(scores)), isPositive)
  if (placements === null) throw new Error('One class only.')
  return placements
}

describe('McNemar’s test', () => {
  it('is exact as in statsmodels below 25 discordant rows, mid-p from there', () => {
    for (const [first = NaN, second = NaN, p = NaN] of statisticsReference.mcnemar) {
      const result = mcnemar(first, second)
      expectClose(result.pValue, p, 1e-12, `${String(first)} to ${String(second)}`)
      expect(result.isExact).toBe(first + second < 25)
    }
    expect([mcnemar(5, 19).isExact, mcnemar(5, 20).isExact]).toEqual([true, false])
  })

  it('gives the figures of the airway study in Fagerland et al. (2013)', () => {
    expect(mcnemar(1, 7).pValue).toBeCloseTo(0.0703, 4)
  })

  it('does not change with the order of the models, and never passes 1', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (first, second) => {
        expect(mcnemar(first, second)).toEqual(mcnemar(second, first))
        expect(mcnemar(first, second).pValue).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('DeLong’s test', () => {
  it('has the areas, covariances and z of the definition over all pairs, ties included', () => {
    for (const { truth, first, second, areas, covariance, z, p } of statisticsReference.delong) {
      const isPositive = Uint8Array.from(truth)
      const [one, other] = [placementsOf(first, isPositive), placementsOf(second, isPositive)]
      expectClose(one.area, areas[0], 1e-12, 'area')
      expectClose(other.area, areas[1], 1e-12, 'area')
      expectClose(delongCovariance(one, one, isPositive), covariance[0][0], 1e-10, 'variance')
      expectClose(delongCovariance(one, other, isPositive), covariance[0][1], 1e-9, 'covariance')
      const result = delong(one, other, isPositive)
      expectClose(result.statistic, z, 1e-10, 'z')
      expectClose(result.pValue, p, 1e-9, 'p')
      const swapped = delong(other, one, isPositive)
      expect(swapped.statistic).toBeCloseTo(-z, 12)
      expect(swapped.pValue).toBeCloseTo(p, 12)
      expect(delong(one, one, isPositive)).toEqual({ statistic: 0, pValue: 1 })
    }
  })

  it('does not change with the order of the rows', () => {
    const { truth = [], first = [], second = [] } = statisticsReference.delong[1] ?? {}
    const rows = truth.map((_, row) => (row * 7) % truth.length)
    const permuted = (values: readonly number[]) => rows.map((row) => values[row] ?? NaN)
    const [plain, moved] = [Uint8Array.from(truth), Uint8Array.from(permuted(truth))]
    const expected = delong(placementsOf(first, plain), placementsOf(second, plain), plain)
    const actual = delong(
      placementsOf(permuted(first), moved),
      placementsOf(permuted(second), moved),
      moved,
    )
    expectClose(actual.statistic, expected.statistic ?? NaN, 1e-12, 'z')
  })

  it('is undefined with one class, and with a single positive', () => {
    expect(rocPlacements(rankOrder(Float64Array.of(1, 2)), Uint8Array.of(1, 1))).toBeNull()
    const isPositive = Uint8Array.of(1, 0, 0)
    const placements = placementsOf([3, 1, 2], isPositive)
    expect(delong(placements, placements, isPositive)).toEqual({ statistic: null, pValue: null })
  })
})

describe('the Diebold–Mariano test', () => {
  it('has the statistic of the definition and Student’s p, negative variances included', () => {
    for (const { differences, horizon, statistic, p } of statisticsReference.dieboldMariano) {
      const result = dieboldMariano(Float64Array.from(differences), horizon)
      expectClose(result.statistic, statistic, 1e-10, 'statistic')
      expectClose(result.pValue, p, 1e-9, 'p')
      const swapped = dieboldMariano(
        Float64Array.from(differences, (value) => -value),
        horizon,
      )
      expectClose(swapped.statistic, -statistic, 1e-12, 'swapped')
      expect(swapped.pValue).toBe(result.pValue)
    }
  })

  it('says 1 of equal losses and nothing of two rows or of one and the same difference', () => {
    expect(dieboldMariano(new Float64Array(9), 2)).toEqual({ statistic: 0, pValue: 1 })
    expect(dieboldMariano(Float64Array.of(1, 2)).pValue).toBeNull()
    expect(dieboldMariano(new Float64Array(7).fill(0.1)).pValue).toBeNull()
  })
})

describe('Wilcoxon’s signed-rank test', () => {
  it('is SciPy’s, exact and approximate, with ties and zeros', () => {
    for (const { differences, statistic, p, isExact } of statisticsReference.wilcoxon) {
      const result = wilcoxonSignedRank(Float64Array.from(differences))
      expect(result.statistic).toBe(statistic)
      expect(result.isExact).toBe(isExact)
      expectClose(result.pValue, p, 1e-11, 'p')
    }
  })

  it('turns its balance and keeps p when the models are swapped, in any order of rows', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const result = wilcoxonSignedRank(Float64Array.from(values))
        const swapped = wilcoxonSignedRank(Float64Array.from(values, (value) => -value))
        expect(swapped).toEqual({ ...result, balance: result.balance === 0 ? 0 : -result.balance })
        expect(wilcoxonSignedRank(Float64Array.from(values).reverse())).toEqual(result)
        expect(result.pValue).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('says 1 without any difference and nothing of NaN', () => {
    expect(wilcoxonSignedRank(new Float64Array(5)).pValue).toBe(1)
    expect(wilcoxonSignedRank(Float64Array.of(1, NaN)).pValue).toBeNull()
  })
})

describe('Holm’s method', () => {
  it('adjusts as statsmodels does', () => {
    for (const [family, expected] of statisticsReference.holm) {
      holm(family).forEach((adjusted, index) => {
        expectClose(adjusted, expected[index] ?? NaN, 1e-14, `of ${family.join()}`)
      })
    }
  })

  it('leaves out what has no p-value', () => {
    expect(holm([0.01, null, 0.04])).toEqual([0.02, null, 0.04])
    expect(holm([])).toEqual([])
  })

  it('never lowers a p-value and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (family) => {
        const adjusted = holm(family)
        family.forEach((pValue, index) => {
          expect(adjusted[index]).toBeGreaterThanOrEqual(pValue)
          family.forEach((other, place) => {
            if (pValue < other) expect(adjusted[index]).toBeLessThanOrEqual(adjusted[place] ?? NaN)
          })
        })
      }),
    )
  })
})
