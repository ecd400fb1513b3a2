import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checksum } from '../../../src/engine/checksum'

describe('checksum', () => {
  it('is the same for the same numbers, wherever they lie in memory', () => {
    const whole = Float32Array.of(9, 1, 2, 3, 9)
    expect(checksum(whole.subarray(1, 4))).toBe(checksum(Float32Array.of(1, 2, 3)))
  })

  it('changes with any one bit of any one number', () => {
    const bytes = fc.uint8Array({ minLength: 8, maxLength: 256 })
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 0, max: 7 }), (data, position, bit) => {
        const length = data.length - (data.length % 8)
        const before = data.slice(0, length)
        const after = before.slice()
        const index = position % length
        after[index] = (after[index] ?? 0) ^ (1 << bit)
        for (const Numbers of [Float32Array, Float64Array]) {
          expect(checksum(new Numbers(after.buffer))).not.toBe(checksum(new Numbers(before.buffer)))
        }
      }),
    )
  })

  it('tells texts apart by letter, by order and by where one ends', () => {
    const sums = [['ab', 'c'], ['a', 'bc'], ['c', 'ab'], ['ab', 'd'], ['abc']].map(checksum)
    expect(new Set(sums).size).toBe(sums.length)
  })

  it('is a 32-bit number without a sign, of nothing too', () => {
    expect(checksum(new Float32Array(0))).toBe(0x811c9dc5)
    fc.assert(
      fc.property(fc.array(fc.string()), (texts) => {
        const sum = checksum(texts)
        expect(sum).toBe(sum >>> 0)
      }),
    )
  })
})
