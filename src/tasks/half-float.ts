const scratch = new Float64Array(1)
const words = new Uint32Array(scratch.buffer)
/** Word of a float64 that holds sign and exponent. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0
const SIGN = 0x8000_0000

/** Adding and subtracting 2^52 rounds a number below it to a whole one, ties to even. */
const ROUNDER = 2 ** 52

const MIN_EXPONENT = -14
/** By exponent from 2^-14 to 2^15: what brings a number of that size to 1024 … 2048. */
const SCALES = Float64Array.from({ length: 30 }, (_, i) => 2 ** (10 - MIN_EXPONENT - i))
const MIN_NORMAL = 2 ** MIN_EXPONENT
const SUBNORMAL_SCALE = 2 ** 24

/**
 * The bits of the IEEE 754 half-precision number nearest to `value`, ties to even, straight from
 * float64 (by way of float32 it would round twice).
 */
export function halfFloatBits(value: number): number {
  scratch[0] = value
  const high = words[HIGH] as number
  const sign = (high & SIGN) === 0 ? 0 : 0x8000
  const magnitude = Math.abs(value)
  if (magnitude >= MIN_NORMAL && magnitude < 65520) {
    const step = ((high >>> 20) & 0x7ff) - 1023 - MIN_EXPONENT
    const significand = magnitude * (SCALES[step] as number) + ROUNDER - ROUNDER
    // A significand rounded up to 2048 carries into the exponent, as it should.
    return sign | ((step << 10) + significand)
  }
  // Subnormal halves are multiples of 2^-24.
  if (magnitude < MIN_NORMAL) return sign | (magnitude * SUBNORMAL_SCALE + ROUNDER - ROUNDER)
  return Number.isNaN(value) ? 0x7e00 : sign | 0x7c00
}
