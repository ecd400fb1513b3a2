import { describe, expect, it } from 'vitest'
import { RandomGenerator } from '../../../src/statistics/random-generator'
import {
  type Blocks,
  drawStationaryBlocks,
  emptyBlocks,
} from '../../../src/statistics/stationary-blocks'
import { policyStatisticsReference } from './policy-statistics-reference'

function draw(rows: number, meanLength: number, seed: number) {
  const blocks = emptyBlocks(rows)
  drawStationaryBlocks(blocks, meanLength, new RandomGenerator(seed))
  return blocks
}

/** The rows of a resample, one by one. */
function rowsOf({ count, starts, lengths }: Blocks): readonly number[] {
  return Array.from({ length: count }, (_, block) =>
    Array.from(
      { length: lengths[block] ?? NaN },
      (_row, step) => ((starts[block] ?? NaN) + step) % starts.length,
    ),
  ).flat()
}

describe('blocks of the stationary bootstrap', () => {
  it('are those of the definition, row by row', () => {
    const { rows, meanLength, seed, indices } = policyStatisticsReference.resample
    expect(rowsOf(draw(rows, meanLength, seed))).toEqual(indices)
  })

  it('have geometric lengths of the mean asked for, and start anywhere', () => {
    const rows = 200_000
    const { count, starts, lengths } = draw(rows, 20, 1)
    expect(rows / count).toBeGreaterThan(19.5)
    expect(rows / count).toBeLessThan(20.5)
    const ones = lengths.subarray(0, count).filter((length) => length === 1).length
    expect(ones / count).toBeCloseTo(1 / 20, 2)
    const late = starts.subarray(0, count).filter((start) => start >= rows / 2).length
    expect(late / count).toBeCloseTo(1 / 2, 1)
  })

  it('fill the rows exactly, whatever the length', () => {
    for (const meanLength of [1, 1.5, 7, 100, 1e9]) {
      const { count, lengths } = draw(50, meanLength, 2)
      const taken = lengths.subarray(0, count)
      expect(taken.reduce((sum, length) => sum + length, 0)).toBe(50)
      expect(Math.min(...taken)).toBeGreaterThan(0)
    }
    expect(draw(50, 1, 3).count).toBe(50)
    expect(draw(0, 5, 3).count).toBe(0)
  })

  it('go on at the first row after the last', () => {
    const indices = rowsOf(draw(50, 1e9, 4))
    const start = indices[0] ?? NaN
    expect(start).toBeGreaterThan(0)
    expect(indices).toEqual(Array.from({ length: 50 }, (_, t) => (start + t) % 50))
  })

  it('are the same for the same seed and others for another', () => {
    expect(draw(300, 5, 5)).toEqual(draw(300, 5, 5))
    expect(draw(300, 5, 5)).not.toEqual(draw(300, 5, 6))
  })
})
