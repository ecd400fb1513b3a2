import type { RandomGenerator } from '../../src/statistics/random-generator'
import type { Bytes } from './fuzz-targets'

const LONGEST = 65_536
/** Where lengths and counts break. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]

type Change = (bytes: Bytes, random: RandomGenerator, other: Bytes) => Bytes

const CHANGES: readonly Change[] = [
  (bytes, random) => {
    const at = random.nextBelow(bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.nextBelow(8))
    return bytes
  },
  (bytes, random) => {
    bytes[random.nextBelow(bytes.length)] = random.nextBelow(256)
    return bytes
  },
  (bytes, random) => {
    const width = ([1, 2, 4, 8] as const)[random.nextBelow(4)] ?? 1
    const value = EDGES[random.nextBelow(EDGES.length)] ?? 0
    const at = random.nextBelow(bytes.length)
    for (let i = 0; i < width && at + i < bytes.length; i += 1) {
      bytes[at + i] = i < 4 ? value >>> (8 * i) : 0
    }
    return bytes
  },
  (bytes, random) => bytes.slice(0, random.nextBelow(bytes.length) + 1),
  (bytes, random) => {
    const [from, length] = [random.nextBelow(bytes.length), 1 + random.nextBelow(64)]
    return joined(bytes.subarray(0, from), bytes.subarray(from + length))
  },
  (bytes, random) => {
    const [from, length] = [random.nextBelow(bytes.length), 1 + random.nextBelow(256)]
    const part = bytes.subarray(from, from + length)
    const at = random.nextBelow(bytes.length)
    return joined(bytes.subarray(0, at), part, bytes.subarray(at))
  },
  (bytes, random, other) => {
    const from = random.nextBelow(other.length)
    const part = other.subarray(from, from + 1 + random.nextBelow(256))
    const at = random.nextBelow(bytes.length)
    return joined(bytes.subarray(0, at), part, bytes.subarray(at + random.nextBelow(64)))
  },
]

/** A copy with one to eight changes; `other` gives pieces. */
export function mutate(bytes: Bytes, other: Bytes, random: RandomGenerator): Bytes {
  let changed = bytes.slice()
  for (let left = 1 + random.nextBelow(8); left > 0; left -= 1) {
    if (changed.length === 0) changed = Uint8Array.of(random.nextBelow(256))
    const change = CHANGES[random.nextBelow(CHANGES.length)]
    if (change !== undefined) {
      changed = change(changed, random, other.length === 0 ? changed : other)
    }
  }
  return changed.slice(0, LONGEST)
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
