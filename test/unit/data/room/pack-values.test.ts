import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TensorValues } from '../../../../src/core/dataset'
import { packValues } from '../../../../src/data/room/pack-values'

function storedAs(values: TensorValues): string {
  return packValues(values).stored.constructor.name
}

function expectSame(values: TensorValues): void {
  const { stored, unpack } = packValues(values)
  const again = unpack(stored)
  expect(again.constructor).toBe(values.constructor)
  expect(again.length).toBe(values.length)
  // Object.is: −0 is not 0, and NaN is NaN.
  const differing = Array.from(values.keys()).filter((row) => !Object.is(again[row], values[row]))
  expect(differing).toEqual([])
}

describe('values of a chunk', () => {
  it.each([
    [[0, 1, -127, 127], 'Int8Array'],
    [[0, 128], 'Int16Array'],
    [[0, -128], 'Int16Array'],
    [[32_767, NaN], 'Int16Array'],
    [[-32_768], 'Int32Array'],
    [[2 ** 31 - 1, NaN, -(2 ** 31) + 1], 'Int32Array'],
    [[2 ** 31], 'Float32Array'],
    [[2 ** 31 + 1], 'Float64Array'],
    [[0.5, 1, NaN], 'Float32Array'],
    [[-0, 1], 'Float32Array'],
    [[1, Infinity, -Infinity], 'Float32Array'],
    [[0.1], 'Float64Array'],
    [[NaN, NaN], 'Int8Array'],
    [[Number.MAX_SAFE_INTEGER], 'Float64Array'],
  ])('%j lie in a %s and come back the same', (numbers, type) => {
    const values = Float64Array.from(numbers)
    expect(storedAs(values)).toBe(type)
    expectSame(values)
  })

  it.each([
    [[-1, 0, 127], 'Int8Array'],
    [[-1, 128], 'Int16Array'],
    [[32_768], 'Int32Array'],
  ])('codes %j lie in an %s', (codes, type) => {
    const values = Int32Array.from(codes)
    expect(storedAs(values)).toBe(type)
    expectSame(values)
  })

  it('come back the same whatever they are', () => {
    fc.assert(
      fc.property(fc.float64Array({ maxLength: 40 }), (values) => {
        expectSame(values)
      }),
    )
    const whole = fc.oneof(fc.constant(NaN), fc.integer(), fc.integer({ min: -200, max: 200 }))
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 40 }), (values) => {
        expectSame(Float64Array.from(values))
      }),
    )
  })

  it('of a tensor stay as they are', () => {
    const values = Uint8Array.of(1, 2)
    expect(packValues(values).stored).toBe(values)
  })
})
