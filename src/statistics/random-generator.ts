const TWO_32 = 2 ** 32
const MASK_64 = (1n << 64n) - 1n

/**
 * A seeded source of random numbers: xoshiro128**, integers only, so that one seed gives the same
 * numbers on every machine and in every browser. For draws, never for secrets.
 *
 * The four words of state come from the seed by SplitMix64, low half first, as in the Rust crate
 * `rand_xoshiro` (`Xoshiro128StarStar::seed_from_u64`).
 * Source: D. Blackman, S. Vigna (2021), Scrambled linear pseudorandom number generators.
 */
export class RandomGenerator {
  #a: number
  #b: number
  #c: number
  #d: number

  /** @param seed a whole number from 0 to 2^53 − 1 */
  constructor(seed: number) {
    const first = splitMix64(BigInt(seed), 1n)
    const second = splitMix64(BigInt(seed), 2n)
    this.#a = Number(first & 0xffffffffn)
    this.#b = Number(first >> 32n)
    this.#c = Number(second & 0xffffffffn)
    this.#d = Number(second >> 32n)
  }

  /** Continues from a state of the reference implementation; not all four may be 0. */
  static fromState(state: readonly [number, number, number, number]): RandomGenerator {
    const generator = new RandomGenerator(0)
    ;[generator.#a, generator.#b, generator.#c, generator.#d] = state
    return generator
  }

  /** A whole number from 0 to 2^32 − 1, each equally likely. */
  nextUint32(): number {
    const scrambled = Math.imul(this.#b, 5)
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0
    const shifted = this.#b << 9
    const c = this.#c ^ this.#a
    const d = this.#d ^ this.#b
    this.#b ^= c
    this.#a ^= d
    this.#c = c ^ shifted
    this.#d = (d << 11) | (d >>> 21)
    return result
  }

  /**
   * A whole number from 0 to `size` − 1, each equally likely; `size` at most 2^32.
   *
   * Source: D. Lemire (2019), Fast random integer generation in an interval. The product is exact
   * in a float64 to a `size` of 2^21; above that two numbers' chances differ by less than 2^-32.
   */
  nextBelow(size: number): number {
    for (;;) {
      const product = this.nextUint32() * size
      const high = Math.floor(product / TWO_32)
      const low = product - high * TWO_32
      if (low >= size || low >= TWO_32 % size) return high
    }
  }

  /**
   * Draws as many rows as there are, with replacement, and sets `counts[row]` to how often each was
   * drawn: one bootstrap resample, the same as `nextBelow(rows)` called for each. A count never
   * reaches 256: with more than 255 rows its chance is below 1e-500.
   */
  drawCounts(counts: Uint8Array): void {
    counts.fill(0)
    const size = counts.length
    const rejected = size === 0 ? 0 : TWO_32 % size
    let [a, b, c, d] = [this.#a, this.#b, this.#c, this.#d]
    // The generator's steps stand here once more: in local variables they take a quarter of the time.
    for (let left = size; left > 0;) {
      const scrambled = Math.imul(b, 5)
      const product = (Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0) * size
      const shifted = b << 9
      c ^= a
      d ^= b
      b ^= c
      a ^= d
      c ^= shifted
      d = (d << 11) | (d >>> 21)
      const row = Math.floor(product / TWO_32)
      if (product - row * TWO_32 < rejected) continue
      counts[row] = (counts[row] as number) + 1
      left -= 1
    }
    ;[this.#a, this.#b, this.#c, this.#d] = [a, b, c, d]
  }

  /** From 0 to below 1 in steps of 2^-53. */
  nextFloat(): number {
    const high = this.nextUint32() >>> 5
    const low = this.nextUint32() >>> 6
    return (high * 67108864 + low) / 9007199254740992
  }
}

/** The `step`-th output of SplitMix64 from `seed`. */
function splitMix64(seed: bigint, step: bigint): bigint {
  let z = (seed + step * 0x9e3779b97f4a7c15n) & MASK_64
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK_64
  return z ^ (z >> 31n)
}
