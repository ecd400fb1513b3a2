import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { halfFloatBits } from '../../../src/tasks/half-float'

/** The definition of IEEE 754 binary16, read backwards. */
function valueOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

describe('halfFloatBits', () => {
  it('keeps every half-precision number', () => {
    for (let bits = 0; bits < 0x10000; bits += 1) {
      const value = valueOf(bits)
      if (!Number.isNaN(value)) expect(halfFloatBits(value)).toBe(bits)
    }
    expect(halfFloatBits(NaN)).toBe(0x7e00)
  })

  it.each([
    [65519.99, 0x7bff],
    [65520, 0x7c00],
    [-1e300, 0xfc00],
    [2 ** -25, 0],
    [2 ** -25 * 1.0001, 1],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    // By way of float32 this would round to even, down.
    [1 + 2 ** -11 + 2 ** -40, 0x3c01],
  ])('rounds %d to the nearest, ties to even', (value, bits) => {
    expect(halfFloatBits(value)).toBe(bits)
  })

  it('has no closer neighbour', () => {
    fc.assert(
      fc.property(fc.double({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const bits = halfFloatBits(value)
        const error = Math.abs(valueOf(bits) - value)
        for (const other of [bits - 1, bits + 1]) {
          const distance = Math.abs(valueOf(other & 0xffff) - value)
          if (Number.isFinite(distance)) expect(error).toBeLessThanOrEqual(distance)
        }
      }),
    )
  })
})
