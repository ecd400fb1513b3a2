import { describe, expect, it } from 'vitest'
import type { OutputBinding } from '../../../src/core/task'
import { checkedRows, compareAnswers, joinParity } from '../../../src/engine/parity'

const scores: OutputBinding = { kind: 'scores', output: 'logits', width: 2 }
const labels: OutputBinding = { kind: 'label', output: 'label', width: 1 }

function compare(expected: readonly number[], actual: readonly number[]) {
  return compareAnswers(Float32Array.from(expected), Float32Array.from(actual), scores)
}

describe('compareAnswers', () => {
  it('agrees within rounding and tells the largest difference', () => {
    const parity = compare([1, 2, 100, -4], [1, 2, 100.0625, -4])
    expect(parity).toEqual({ rows: 2, maxDifference: 0.0625, agrees: true })
  })

  it('disagrees beyond it, in any number', () => {
    expect(compare([1, 2, 3, 4], [1, 2, 3, 4.125])).toEqual({
      rows: 2,
      maxDifference: 0.125,
      agrees: false,
    })
  })

  it.each([
    { expected: NaN, actual: 0 },
    { expected: 0, actual: NaN },
    { expected: -Infinity, actual: -88.03 },
    { expected: Infinity, actual: -Infinity },
  ])('disagrees where $expected became $actual', ({ expected, actual }) => {
    expect(compare([expected, 1], [actual, 1]).agrees).toBe(false)
  })

  it('agrees where NaN and infinities stand in the same places', () => {
    expect(compare([NaN, -Infinity], [NaN, -Infinity]).agrees).toBe(true)
  })

  it('compares texts letter by letter', () => {
    expect(compareAnswers(['a', 'b'], ['a', 'b'], labels).agrees).toBe(true)
    expect(compareAnswers(['a', 'b'], ['a', 'c'], labels).agrees).toBe(false)
  })

  it('lets a quantised model be some steps of its largest answer apart', () => {
    const differ = (by: number, isQuantised: boolean) =>
      compareAnswers(Float32Array.of(0, 1), Float32Array.of(by, 1), scores, isQuantised).agrees
    expect(differ(1 / 256, false)).toBe(false)
    expect(differ(1 / 256, true)).toBe(true)
    expect(differ(0.02, true)).toBe(false)
    const lost = compareAnswers(Float32Array.of(NaN, 1), Float32Array.of(0, 1), scores, true)
    expect(lost.agrees).toBe(false)
  })

  it('disagrees where answers are missing', () => {
    expect(compare([1, 2, 3, 4], [1, 2]).agrees).toBe(false)
  })
})

describe('joinParity', () => {
  it('adds rows, keeps the largest difference, and never forgets a disagreement', () => {
    const good = { rows: 8, maxDifference: 0.01, agrees: true }
    const bad = { rows: 4, maxDifference: 2, agrees: false }
    expect(joinParity(null, good)).toBe(good)
    expect(joinParity(good, bad)).toEqual({ rows: 12, maxDifference: 2, agrees: false })
    expect(joinParity(bad, good)).toEqual({ rows: 12, maxDifference: 2, agrees: false })
  })
})

describe('checkedRows', () => {
  it('is 32 rows, or all of the first piece, or all rows there are', () => {
    const rows = (all: number, pieceRows: number) =>
      checkedRows({ preparation: { rows: all }, plan: { pieceRows } }, 'm').end
    expect(rows(1_000, 512)).toBe(32)
    expect(rows(1_000, 16)).toBe(16)
    expect(rows(5, 512)).toBe(5)
  })

  it('is the first rows of a share, up to the end of their piece', () => {
    const rows = (start: number, end: number) =>
      checkedRows(
        {
          ...{ preparation: { rows: 1_000 }, plan: { pieceRows: 64 } },
          handedOut: { ranges: () => [{ start, end }] },
        },
        'm',
      )
    expect(rows(70, 900)).toEqual({ start: 70, end: 102 })
    expect(rows(110, 900)).toEqual({ start: 110, end: 128 })
    expect(rows(110, 115)).toEqual({ start: 110, end: 115 })
  })
})
