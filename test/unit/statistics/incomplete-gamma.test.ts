import { expect, it } from 'vitest'
import { incompleteGamma } from '../../../src/statistics/incomplete-gamma'
import { expectClose, statisticsReference } from './statistics-reference'

it('has SciPy’s incomplete gamma functions, both tails', () => {
  for (const row of statisticsReference.incompleteGamma) {
    const [a = NaN, x = NaN, lower = NaN, upper = NaN] = row
    const actual = incompleteGamma(a, x)
    expectClose(actual.lower, lower, 1e-12, `P(${String(a)}, ${String(x)})`)
    expectClose(actual.upper, upper, 1e-12, `Q(${String(a)}, ${String(x)})`)
  }
})

it('is all below at infinity and none at 0', () => {
  expect(incompleteGamma(3, 0)).toEqual({ lower: 0, upper: 1 })
  expect(incompleteGamma(3, Infinity)).toEqual({ lower: 1, upper: 0 })
})

it('ends where it is not defined', () => {
  expect(incompleteGamma(3, NaN)).toEqual({ lower: NaN, upper: NaN })
  expect(incompleteGamma(0, 1)).toEqual({ lower: NaN, upper: NaN })
  expect(incompleteGamma(1, -1)).toEqual({ lower: NaN, upper: NaN })
})
