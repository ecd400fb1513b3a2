import fc from 'fast-check'

const write = fc.tuple(fc.nat(), fc.nat(255))

/**
 * One byte overwritten or a few; now and then some taken out or put in twice, or the end cut off.
 * Gentle, so that many inputs come past the first checks of a reader.
 */
export const byteChanges = fc.record({
  writes: fc.oneof(
    { weight: 3, arbitrary: fc.array(write, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(write, { maxLength: 6 }) },
  ),
  move: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.tuple(fc.nat(), fc.nat(40), fc.boolean()) },
  ),
  keep: fc.oneof(
    { weight: 6, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  ),
})

export type ByteChanges = typeof byteChanges extends fc.Arbitrary<infer T> ? T : never

export function changeBytes(
  bytes: Uint8Array,
  { writes, move, keep }: ByteChanges,
): Uint8Array<ArrayBuffer> {
  let changed = new Uint8Array(bytes)
  for (const [at, to] of writes) changed[at % bytes.length] = to
  if (move !== null) {
    const [at, length, isDoubled] = move
    const from = at % bytes.length
    const to = Math.min(bytes.length, from + length)
    const [front, rest] = isDoubled ? [to, from] : [from, to]
    const moved = new Uint8Array(front + bytes.length - rest)
    moved.set(changed.subarray(0, front))
    moved.set(changed.subarray(rest), front)
    changed = moved
  }
  return changed.slice(0, Math.ceil(changed.length * keep))
}
