import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PieceQueue } from '../../../src/engine/piece-queue'

describe('PieceQueue', () => {
  it('hands out every row of every model exactly once, whichever lane asks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat()),
        (count, rows, pieceRows, lanes, choices) => {
          const ids = Array.from({ length: count }, (_, index) => `m${String(index)}`)
          const queue = queueOf(ids, rows, pieceRows)
          const seen = new Map(ids.map((id) => [id, new Uint8Array(rows)]))
          const loaded: (string | null)[] = Array.from({ length: lanes }, () => null)
          const open = new Set(loaded.keys())
          for (const choice of choices) {
            const lane = [...open][choice % open.size] ?? 0
            const piece = queue.take(lane, loaded[lane] ?? null)
            loaded[lane] = piece?.modelId ?? null
            if (piece === null) open.delete(lane)
            else
              for (let row = piece.start; row < piece.end; row += 1)
                increment(seen, piece.modelId, row)
            if (open.size === 0) break
          }
          for (const counts of seen.values())
            expect(counts.every((times) => times === 1)).toBe(true)
        },
      ),
    )
  })

  it('keeps a lane with the model that it has loaded', () => {
    const queue = queueOf(['a', 'b'], 100, 50)
    expect(queue.take(0, null)).toEqual({ modelId: 'a', start: 0, end: 50 })
    expect(queue.take(1, null)).toEqual({ modelId: 'b', start: 0, end: 50 })
    expect(queue.take(0, 'a')).toEqual({ modelId: 'a', start: 50, end: 100 })
  })

  it('shares out the third model between two lanes', () => {
    const queue = queueOf(['a', 'b', 'c'], 40, 10)
    queue.take(0, null)
    queue.take(1, null)
    for (let i = 0; i < 3; i += 1) queue.take(0, 'a')
    for (let i = 0; i < 3; i += 1) queue.take(1, 'b')
    expect(queue.take(0, 'a')?.modelId).toBe('c')
    expect(queue.take(1, 'b')?.modelId).toBe('c')
  })

  it('leaves the last waiting piece to the lane that has the model loaded', () => {
    const queue = queueOf(['a'], 20, 10)
    queue.take(0, null)
    expect(queue.take(1, null)).toBeNull()
    expect(queue.take(0, 'a')).toEqual({ modelId: 'a', start: 10, end: 20 })
  })

  it('gives the last piece back to a lane that has lost its model', () => {
    const queue = queueOf(['a'], 10, 10)
    queue.take(0, null)
    queue.putBack({ modelId: 'a', start: 4, end: 10 })
    expect(queue.take(0, null)).toEqual({ modelId: 'a', start: 4, end: 10 })
  })

  it('gives a model back to any lane once its own lane has left', () => {
    const queue = queueOf(['a'], 20, 10)
    queue.take(0, null)
    queue.leave(0)
    expect(queue.take(1, null)).toEqual({ modelId: 'a', start: 10, end: 20 })
  })

  it('cuts only missing rows, at the boundaries that all models share', () => {
    const queue = new PieceQueue(10)
    queue.add('a', [
      { start: 4, end: 13 },
      { start: 20, end: 21 },
    ])
    const pieces = [queue.take(0, null), queue.take(0, 'a'), queue.take(0, 'a')]
    expect(pieces.map((piece) => [piece?.start, piece?.end])).toEqual([
      [4, 10],
      [10, 13],
      [20, 21],
    ])
    expect(queue.take(0, 'a')).toBeNull()
  })

  it('hands unfinished rows out next, and nothing of a dropped model', () => {
    const queue = queueOf(['a', 'b'], 30, 10)
    const piece = queue.take(0, null)
    expect(piece).toEqual({ modelId: 'a', start: 0, end: 10 })
    queue.putBack({ modelId: 'a', start: 4, end: 10 })
    expect(queue.take(0, 'a')).toEqual({ modelId: 'a', start: 4, end: 10 })
    queue.drop('a')
    expect(queue.take(0, 'a')?.modelId).toBe('b')
  })
})

function increment(seen: ReadonlyMap<string, Uint8Array>, modelId: string, row: number): void {
  const counts = seen.get(modelId)
  if (counts !== undefined) counts[row] = (counts[row] ?? 0) + 1
}

function queueOf(ids: readonly string[], rows: number, pieceRows: number): PieceQueue {
  const queue = new PieceQueue(pieceRows)
  for (const id of ids) queue.add(id, [{ start: 0, end: rows }])
  return queue
}
