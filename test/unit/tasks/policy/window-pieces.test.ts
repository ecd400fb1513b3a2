import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitWindows } from '../../../../src/tasks/policy/split-windows'
import { windowPieces } from '../../../../src/tasks/policy/window-pieces'

function piecesOf(rows: number, step: number, oneByOne = false) {
  const split = splitWindows(rows, { initial: 0, step })
  if (!split.ok) throw new Error(split.failure.message)
  const windows = [split.value.whole, ...split.value.windows]
  return windowPieces(windows, oneByOne).map(({ start, end }) => [start, end])
}

describe('windowPieces', () => {
  it('runs a few windows side by side, after the whole range', () => {
    expect(piecesOf(70, 10)).toEqual([
      [0, 70],
      [70, 140],
    ])
  })

  it('has two groups from eight windows on, and no more than 64 in one', () => {
    expect(piecesOf(80, 10)).toEqual([
      [0, 80],
      [80, 120],
      [120, 160],
    ])
    expect(piecesOf(2000, 10)).toHaveLength(1 + 4)
  })

  it('has a million bars in a group at most', () => {
    expect(piecesOf(2_400_000, 400_000)).toEqual([
      [0, 2_400_000],
      [2_400_000, 3_200_000],
      [3_200_000, 4_000_000],
      [4_000_000, 4_800_000],
    ])
  })

  it('takes windows one by one', () => {
    expect(piecesOf(25, 10, true)).toEqual([
      [0, 25],
      [25, 35],
      [35, 45],
      [45, 50],
    ])
  })

  it('covers every row once, cut between windows', () => {
    const rows = fc.integer({ min: 2, max: 5000 })
    const step = fc.integer({ min: 2, max: 700 })
    fc.assert(
      fc.property(rows, step, fc.boolean(), (count, size, oneByOne) => {
        const pieces = piecesOf(count, size, oneByOne)
        let row = 0
        for (const [start, end] of pieces) {
          expect(start).toBe(row)
          row = end ?? NaN
          expect(row === 2 * count || (row - count) % size === 0).toBe(true)
        }
        expect(row).toBe(2 * count)
      }),
    )
  })
})
