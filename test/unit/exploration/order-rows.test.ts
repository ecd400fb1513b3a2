import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderRows } from '../../../src/exploration/order-rows'

/** What the order is by definition: stable, missing last. */
function ordered(values: readonly number[], isDescending: boolean): number[] {
  const sign = isDescending ? -1 : 1
  return values
    .map((value, row) => ({ value, row }))
    .sort((one, other) => {
      if (Number.isNaN(one.value) || Number.isNaN(other.value)) {
        return Number(Number.isNaN(one.value)) - Number(Number.isNaN(other.value))
      }
      return sign * (one.value < other.value ? -1 : Number(one.value > other.value))
    })
    .map(({ row }) => row)
}

describe('orderRows', () => {
  it.each([false, true])('orders as a stable sort does, descending %s', (isDescending) => {
    const value = fc.oneof(
      fc.double(),
      fc.constantFrom(0, -0, NaN, 1, -1, Infinity, -Infinity, 5e-324),
    )
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const order = orderRows(Float64Array.from(values), isDescending)
        expect([...order]).toEqual(ordered(values, isDescending))
      }),
    )
  })
})
