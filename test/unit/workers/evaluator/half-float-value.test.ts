import { describe, expect, it } from 'vitest'
import { halfFloatBits } from '../../../../src/tasks/half-float'
import { halfFloatValue } from '../../../../workers/evaluator/half-float-value'

describe('halfFloatValue', () => {
  it.each([
    [0x0000, 0],
    [0x0001, 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7e00, NaN],
  ])('reads %i as %f', (bits, value) => {
    expect(halfFloatValue(bits)).toBe(value)
  })

  it('undoes the writing of every half-precision number', () => {
    for (let bits = 0; bits <= 0xffff; bits += 1) {
      const value = halfFloatValue(bits)
      if (!Number.isNaN(value)) expect(halfFloatBits(value)).toBe(bits)
    }
  })
})
