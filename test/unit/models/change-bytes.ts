import fc from 'fast-check'

/** A few bytes overwritten, some taken out or put in twice, and perhaps the end cut off. */
export const byteChanges = fc.record({
  writes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
  move: fc.option(fc.tuple(fc.nat(), fc.nat(40), fc.boolean())),
  keep: fc.oneof(
    { weight: 4, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
  ),
})

export type ByteChanges = typeof byteChanges extends fc.Arbitrary<infer T> ? T : never

export function changeBytes(
  bytes: Uint8Array,
  { writes, move, keep }: ByteChanges,
): Uint8Array<ArrayBuffer> {
  const changed = Array.from(bytes)
  for (const [at, to] of writes) changed[at % bytes.length] = to
  if (move !== null) {
    const [at, length, isDoubled] = move
    const from = at % bytes.length
    const piece = changed.slice(from, from + length)
    changed.splice(from, isDoubled ? 0 : length, ...(isDoubled ? piece : []))
  }
  return Uint8Array.from(changed.slice(0, Math.ceil(changed.length * keep)))
}
