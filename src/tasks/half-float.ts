const scratch = new Float64Array(1)
const words = new Uint32Array(scratch.buffer)
/** Word of a float64 that holds sign and exponent. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0

/** Adding and subtracting 2^52 rounds to a whole number, ties to even. */
const ROUNDER = 2 ** 52

/**
 * The bits of the IEEE 754 half-precision number nearest to `value`, ties to even, straight from
 * float64 (by way of float32 it would round twice).
 */
export function halfFloatBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const magnitude = Math.abs(value)
  if (Number.isNaN(magnitude)) return 0x7e00
  if (magnitude >= 65520) return sign | 0x7c00
  // Subnormal halves are multiples of 2^-24; a carry into 2^-14 gives the right bits as well.
  if (magnitude < 2 ** -14) return sign | (magnitude * 2 ** 24 + ROUNDER - ROUNDER)
  scratch[0] = magnitude
  const exponent = (((words[HIGH] ?? 0) >>> 20) & 0x7ff) - 1023
  const significand = magnitude * 2 ** (10 - exponent) + ROUNDER - ROUNDER
  return sign | (((exponent + 15) << 10) + significand - 1024)
}
