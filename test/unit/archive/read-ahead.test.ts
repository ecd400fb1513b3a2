import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteSource, type ByteSource } from '../../../src/archive/byte-source'
import { readAhead } from '../../../src/archive/read-ahead'

const BYTES = Uint8Array.from({ length: 300_000 }, (_, place) => (place * 7) % 251)

/** Counts what reaches the disk. */
function counted(bytes: Uint8Array<ArrayBuffer>) {
  const source = byteSource(bytes)
  const spent = { reads: 0, bytes: 0 }
  const counting: ByteSource = {
    size: source.size,
    read: (start, end) => {
      spent.reads += 1
      spent.bytes += end - start
      return source.read(start, end)
    },
  }
  return { counting, spent }
}

describe('readAhead', () => {
  it('gives the bytes that were asked for, in any order', async () => {
    const range = fc.tuple(fc.nat(BYTES.length), fc.nat(5_000))
    await fc.assert(
      fc.asyncProperty(fc.array(range, { maxLength: 20 }), async (ranges) => {
        const source = readAhead(byteSource(BYTES))
        for (const [start, length] of ranges) {
          const end = Math.min(BYTES.length, start + length)
          expect(await source.read(start, end)).toEqual(BYTES.subarray(start, end))
        }
      }),
    )
  })

  it('reads many small parts at a time', async () => {
    const { counting, spent } = counted(BYTES)
    const source = readAhead(counting)
    for (let at = 0; at + 30 < BYTES.length; at += 200) await source.read(at, at + 30)
    expect(spent.reads).toBeLessThan(12)
    expect(spent.bytes).toBeLessThan(2 * BYTES.length)
  })

  it('reads little of large parts', async () => {
    const { counting, spent } = counted(new Uint8Array(20_000_000))
    const source = readAhead(counting)
    for (let at = 0; at < 20_000_000; at += 100_000) {
      await source.read(at, at + 30)
      await source.read(at + 30, at + 60)
    }
    expect(spent.reads).toBe(200)
    expect(spent.bytes).toBeLessThan(400_000)
  })
})
