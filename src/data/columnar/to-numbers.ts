import type { Cells } from './column-sink'

/** 64-bit integers by their halves: several times faster than one `BigInt` a value. */
export function toNumbers(values: ArrayLike<unknown>, isUnsigned: boolean): Float64Array {
  if (values instanceof Float64Array) return values
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2)
    const output = new Float64Array(values.length)
    for (let index = 0; index < output.length; index += 1) {
      const low = (words[2 * index] as number) >>> 0
      const high = words[2 * index + 1] as number
      output[index] = (isUnsigned ? high >>> 0 : high) * 2 ** 32 + low
    }
    return output
  }
  if (values instanceof Int32Array && isUnsigned) {
    return Float64Array.from(new Uint32Array(values.buffer, values.byteOffset, values.length))
  }
  return Float64Array.from(values as ArrayLike<number | boolean>, Number)
}

/** Values of a finer or coarser unit: `factor` is a power of ten or a whole number. */
export function scaled(values: Float64Array, factor: number): Float64Array {
  // Dividing by a power of ten is exact where multiplying by its inverse is not.
  const divisor = Math.round(1 / factor)
  return factor < 1 ? values.map((value) => value / divisor) : values.map((v) => v * factor)
}

/** Whole numbers, also as big-endian bytes, that stand for `scale` digits after the point. */
export function decimalsToNumbers(values: ArrayLike<unknown>, scale: number): Float64Array {
  const divisor = 10 ** scale
  return Float64Array.from(values, (value) => {
    const whole = value instanceof Uint8Array ? signedInteger(value) : BigInt(value as number)
    const number = Number(whole)
    return Number.isSafeInteger(number) && scale <= 22
      ? number / divisor
      : Number(`${String(whole)}e-${String(scale)}`)
  })
}

function signedInteger(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes) value = value * 256n + BigInt(byte)
  return BigInt.asIntN(bytes.length * 8, value)
}

/** Whole numbers that lost digits: read as float64 they are even, so none is told twice. */
export function countRounded(cells: Cells, from: number, to: number): number {
  let count = 0
  for (let index = from; index < to; index += 1) {
    const value = cells[index] as number
    if (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER) count += 1
  }
  return count
}
