import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longDecimal } from '../../../src/data/long-decimal'

/** The digits as `longDecimal` takes them. */
function read(digits: string, fraction: number): number {
  const lower = digits.slice(15)
  return longDecimal(Number(digits.slice(0, 15)), Number(lower), lower.length, fraction)
}

const wanted = (digits: string, fraction: number): number =>
  Number(`${digits}e-${String(fraction)}`)

describe('longDecimal', () => {
  it('rounds as Number does, or leaves it to Number', () => {
    let left = 0
    const digits = fc.stringMatching(/^[1-9]\d{15,18}$/)
    fc.assert(
      fc.property(digits, fc.nat({ max: 22 }), (all, fraction) => {
        const value = read(all, fraction)
        if (Number.isNaN(value)) left += 1
        else expect(value).toBe(wanted(all, fraction))
      }),
      { numRuns: 100_000 },
    )
    // Some lie in the middle exactly.
    expect(left).toBeLessThan(2000)
  })

  it('never rounds the middle of two numbers, and what lies beside it, to the wrong side', () => {
    // 2^53 + 1 and its like lie in the middle; as decimals they are exact.
    const middle = fc.tuple(fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }), fc.nat({ max: 8 }))
    fc.assert(
      fc.property(middle, fc.integer({ min: -1, max: 1 }), ([half, fraction], beside) => {
        const all = String((2n * half + 1n) * 10n + BigInt(beside))
        const value = read(all, fraction + 1)
        if (!Number.isNaN(value)) expect(value).toBe(wanted(all, fraction + 1))
      }),
      { numRuns: 20_000 },
    )
  })
})
