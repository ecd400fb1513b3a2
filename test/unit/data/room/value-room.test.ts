import { describe, expect, it } from 'vitest'
import { LostValues } from '../../../../src/data/room/scratch'
import { ValueRoom } from '../../../../src/data/room/value-room'
import { ListScratch } from './list-scratch'

/** Eight float64 that no narrower type holds: 64 bytes. */
function numbers(seed: number): Float64Array {
  return Float64Array.from({ length: 8 }, (_, row) => seed + row / 10 + 0.01)
}

const LIMITS = { inMemory: 128, readBack: 128 }

/** A room whose scratch is open. */
async function openedRoom(scratch: ListScratch | null, limits = LIMITS) {
  const room = new ValueRoom(limits, () => Promise.resolve(scratch))
  const first = [room.keep(numbers(0)), room.keep(numbers(1))]
  await Promise.resolve()
  return { room, first }
}

describe('a room for values', () => {
  it('keeps arrays as they are up to its limit', async () => {
    const scratch = new ListScratch()
    const { first } = await openedRoom(scratch)
    expect(first.map((kept) => kept.read())).toEqual([numbers(0), numbers(1)])
    expect(first[0]?.read()).toBe(first[0]?.read())
    expect(scratch.bytes.length).toBe(0)
  })

  it('puts what is beyond aside, and reads it back once while it is asked for', async () => {
    const scratch = new ListScratch()
    const { room } = await openedRoom(scratch)
    const kept = [2, 3, 4].map((seed) => room.keep(numbers(seed)))
    expect(scratch.bytes.length).toBe(3 * 64)
    expect(kept.map((values) => values.read())).toEqual([2, 3, 4].map(numbers))
    expect(scratch.reads).toBe(3)
    // Two of 64 bytes stay: the latest.
    kept[2]?.read()
    kept[1]?.read()
    expect(scratch.reads).toBe(3)
    expect(kept[0]?.read()).toEqual(numbers(2))
    expect(scratch.reads).toBe(4)
    // The longest unused went.
    kept[1]?.read()
    expect(scratch.reads).toBe(4)
    kept[2]?.read()
    expect(scratch.reads).toBe(5)
  })

  it('stores fewer bytes where that loses nothing', async () => {
    const scratch = new ListScratch()
    const { room } = await openedRoom(scratch)
    const ages = Float64Array.of(1, 2, NaN, 4)
    const codes = Int32Array.of(-1, 0, 7, 3)
    const kept = [room.keep(ages), room.keep(codes)]
    expect(scratch.bytes.length).toBe(8)
    expect(kept.map((values) => values.read())).toEqual([ages, codes])
  })

  it.each([
    ['there is no scratch', null],
    ['the scratch is full', new ListScratch(100)],
  ])('keeps everything in memory where %s', async (_, scratch) => {
    const { room } = await openedRoom(scratch)
    const kept = [2, 3, 4].map((seed) => room.keep(numbers(seed)))
    expect(kept.map((values) => values.read())).toEqual([2, 3, 4].map(numbers))
    expect(scratch?.bytes.length ?? 0).toBeLessThanOrEqual(100)
  })

  it('has room again for what was dropped', async () => {
    const scratch = new ListScratch()
    const { room, first } = await openedRoom(scratch)
    first[0]?.drop()
    room.keep(numbers(5))
    expect(scratch.bytes.length).toBe(0)
    const aside = room.keep(numbers(6))
    aside.read()
    aside.drop()
    expect(scratch.bytes.length).toBe(64)
  })

  it('opens a scratch once, when half of its memory is used, and closes it', async () => {
    const scratch = new ListScratch()
    let opened = 0
    const room = new ValueRoom(LIMITS, () => {
      opened += 1
      return Promise.resolve(scratch)
    })
    room.keep(numbers(0))
    expect(opened).toBe(0)
    room.keep(numbers(1))
    room.keep(numbers(2))
    expect(opened).toBe(1)
    await Promise.resolve()
    room.close()
    expect(scratch.isClosed).toBe(true)
  })

  it('puts aside what came before the scratch was open', async () => {
    const scratch = new ListScratch()
    const room = new ValueRoom(LIMITS, () => Promise.resolve(scratch))
    const kept = [0, 1, 2, 3].map((seed) => room.keep(numbers(seed)))
    expect(scratch.bytes.length).toBe(0)
    expect(kept[3]?.read()).toEqual(numbers(3))
    kept[2]?.drop()
    await Promise.resolve()
    expect(scratch.bytes.length).toBe(64)
    expect(kept[3]?.read()).toEqual(numbers(3))
    room.keep(numbers(4)).read()
    room.keep(numbers(5)).read()
    expect(kept[3]?.read()).toEqual(numbers(3))
    expect(scratch.reads).toBe(3)
  })

  it('closes a scratch that comes after it was closed itself', async () => {
    const scratch = new ListScratch()
    const room = new ValueRoom(LIMITS, () => Promise.resolve(scratch))
    room.keep(numbers(0))
    room.keep(numbers(1))
    room.close()
    await Promise.resolve()
    expect(scratch.isClosed).toBe(true)
  })

  it('says that values are lost where the scratch cannot be read', async () => {
    const scratch = new ListScratch()
    const { room } = await openedRoom(scratch)
    const kept = room.keep(numbers(2))
    scratch.bytes = new Uint8Array(0)
    expect(() => kept.read()).toThrow(LostValues)
  })
})
