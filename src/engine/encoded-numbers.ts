import { bytesFromBase64, bytesToBase64 } from './base64'

/** The typed arrays of answers and targets; little-endian, as every machine with a browser is. */
const KINDS = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
} as const

type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>

interface Encoded {
  readonly numbers: keyof typeof KINDS
  readonly base64: string
}

/** For `JSON.stringify`: a typed array as its bytes, so that no bit is lost; all else as it is. */
export function encodeNumbers(value: unknown): unknown {
  for (const [numbers, kind] of Object.entries(KINDS)) {
    if (!(value instanceof kind)) continue
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    return { numbers, base64: bytesToBase64(bytes) }
  }
  return value
}

/** For `JSON.parse`: undoes {@link encodeNumbers}. */
export function decodeNumbers(value: unknown): unknown {
  if (!isEncoded(value)) return value
  const bytes = bytesFromBase64(value.base64)
  const kind = KINDS[value.numbers]
  if (bytes === null || bytes.length % kind.BYTES_PER_ELEMENT !== 0) return null
  const numbers: Numbers = new kind(bytes.buffer)
  return numbers
}

function isEncoded(value: unknown): value is Encoded {
  if (typeof value !== 'object' || value === null) return false
  const { numbers, base64, ...rest } = value as Record<string, unknown>
  return (
    typeof numbers === 'string' &&
    Object.hasOwn(KINDS, numbers) &&
    typeof base64 === 'string' &&
    Object.keys(rest).length === 0
  )
}
