import { describe, expect, it } from 'vitest'
import { BatchSize } from '../../../../workers/evaluator/batch-size'

/** Feeds batches that take `msOf(rows)` until the size is settled; returns the sizes that were tried. */
function search(batchSize: BatchSize, msOf: (rows: number) => number): number[] {
  const tried = new Set<number>()
  for (let i = 0; i < 100_000 && !batchSize.isSettled; i += 1) {
    tried.add(batchSize.size)
    batchSize.note(batchSize.size, msOf(batchSize.size))
  }
  return [...tried]
}

describe('BatchSize', () => {
  it('rises while rows per second rise and stops where they do not', () => {
    const batchSize = new BatchSize(null, 256)
    // Fixed cost of 1 ms a batch, 10 µs a row up to 256 rows, 20 µs beyond.
    const tried = search(batchSize, (rows) => 1 + rows * (rows <= 256 ? 0.01 : 0.02))
    expect(batchSize.size).toBe(256)
    expect(tried.every((size) => Number.isInteger(Math.log2(size)))).toBe(true)
  })

  it('stays at one row where batches bring nothing', () => {
    const batchSize = new BatchSize(null, 256)
    search(batchSize, (rows) => rows * 20)
    expect(batchSize.size).toBe(1)
  })

  it('gets past one size that looks slow', () => {
    const batchSize = new BatchSize(null, 256)
    search(batchSize, (rows) => (rows === 64 ? 6 : 1 + rows * 0.01))
    expect(batchSize.size).toBeGreaterThan(64)
  })

  it('keeps a batch below a quarter of a second and within its memory', () => {
    const slow = new BatchSize(null, 256)
    search(slow, (rows) => 60 + rows * 0.1)
    expect(60 + slow.size * 0.1).toBeLessThanOrEqual(250)
    const wide = new BatchSize(null, 16 * 1024 ** 2)
    search(wide, (rows) => 1 + rows * 0.0001)
    expect(wide.size).toBeLessThanOrEqual(4)
  })

  it('does not move from a size that was set', () => {
    const batchSize = new BatchSize(48, 256)
    expect(batchSize.isSettled).toBe(true)
    search(batchSize, () => 1)
    expect(batchSize.size).toBe(48)
  })

  it('learns nothing from a batch cut short or from the first of a size', () => {
    const batchSize = new BatchSize(null, 256)
    batchSize.note(1, 200)
    expect(batchSize.size).toBe(1)
    batchSize.note(1, 0.1)
    expect(batchSize.size).toBe(64)
    batchSize.note(5, 0.0001)
    batchSize.note(64, 5)
    expect(batchSize.size).toBe(64)
  })

  it('is not misled by batches that were held up, nor by a runtime that is still compiling', () => {
    const batchSize = new BatchSize(null, 256)
    let batches = 0
    search(batchSize, (rows) => {
      batches += 1
      const heldUp = batches % 5 === 0 ? 20 : 0
      return (0.02 + rows * 0.0001) * (1 + 20 / batches) + heldUp
    })
    expect(batchSize.size).toBe(4096)
  })

  it('begins near the size that a quick row calls for, and goes down where that is too large', () => {
    const tiny = new BatchSize(null, 256)
    expect(search(tiny, (rows) => 0.02 + rows * 0.0001).slice(0, 3)).toEqual([1, 256, 1024])
    const early = new BatchSize(null, 256)
    search(early, (rows) => (rows <= 16 ? 0.05 : rows * 0.02))
    expect(early.size).toBe(16)
    const timerless = new BatchSize(null, 256)
    search(timerless, (rows) => (rows === 1 ? 0 : 0.02 + rows * 0.001))
    expect(timerless.size).toBeGreaterThan(64)
  })
})
