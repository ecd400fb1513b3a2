import { describe, expect, it } from 'vitest'
import { compensatedSum } from '../../../src/metrics/compensated-sum'
import { mean } from '../../../src/metrics/mean'

describe('compensatedSum', () => {
  it('keeps what a plain sum rounds away', () => {
    const terms = [1, 1e100, 1, -1e100]
    expect(compensatedSum(terms.length, (row) => terms[row] ?? NaN)).toBe(2)
    expect(compensatedSum(1_000_000, () => 0.1)).toBe(100_000)
  })

  it('is 0 of nothing and NaN past the largest number', () => {
    expect(compensatedSum(0, () => 1)).toBe(0)
    expect(compensatedSum(2, () => 1.5e308)).toBeNaN()
  })
})

describe('mean', () => {
  it('stays finite where the sum does not', () => {
    expect(mean(2, () => 1.5e308)).toBe(1.5e308)
  })

  it('is NaN without rows or with a term that is not finite', () => {
    expect(mean(0, () => 1)).toBeNaN()
    expect(mean(2, (row) => (row === 0 ? NaN : 1))).toBeNaN()
    expect(Number.isFinite(mean(2, (row) => (row === 0 ? Infinity : 1)))).toBe(false)
  })
})
