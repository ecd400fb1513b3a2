import fc from 'fast-check'
import { expect } from 'vitest'
import { readDataset } from '../../../src/data/read-dataset'
import { fileOf } from './read-text'

/** Bytes of a file overwritten, cut off, or both; the four of its magic are left. */
function damaged(whole: Uint8Array<ArrayBuffer>): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const place = fc.nat({ max: whole.length - 1 })
  const value = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0, 0x7f, 0x80, 0xff))
  const edits = fc.array(fc.tuple(place, value), { minLength: 1, maxLength: 4 })
  const length = fc.oneof(
    { weight: 9, arbitrary: fc.constant(whole.length) },
    { weight: 1, arbitrary: fc.integer({ min: 8, max: whole.length }) },
  )
  return fc.tuple(edits, length).map(([changes, end]) => {
    const bytes = whole.slice(0, end)
    for (const [at, byte] of changes) if (at >= 4 && at < end) bytes[at] = byte
    return bytes
  })
}

/** Every damaged file gives a table or a failure that names it; nothing is thrown. */
export async function expectNoThrow(
  whole: Uint8Array<ArrayBuffer>,
  numRuns: number,
): Promise<ReadonlyMap<string, number>> {
  const outcomes = new Map<string, number>()
  const property = fc.asyncProperty(damaged(whole), async (bytes) => {
    const outcome = await readDataset(fileOf(bytes, 'damaged'), 'd1', () => undefined)
    const kind = outcome.ok ? 'read' : outcome.failure.code
    outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1)
    if (outcome.ok) {
      const { info, chunks } = outcome.value
      expect(info.rows).toBe(chunks.reduce((sum, { rows }) => sum + rows, 0))
    } else {
      expect(outcome.failure.message).toContain('"damaged"')
      expect(['data-malformed', 'file-too-large', 'no-rows', 'file-unrecognised']).toContain(kind)
    }
  })
  await fc.assert(property, { numRuns, endOnFailure: true })
  return outcomes
}
