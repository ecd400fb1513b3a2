import type { TensorValues } from '../../core/dataset'
import type { ArrayHeader } from './array-header'

/** Elements in the order of the file. */
export type Elements =
  | {
      readonly kind: 'numbers'
      readonly values: TensorValues
      /** 64-bit integers beyond ±(2^53 − 1), which float64 rounds. */
      readonly rounded: number
    }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }

type Encoding = Pick<ArrayHeader, 'element' | 'itemBytes' | 'isLittleEndian'>

/**
 * Bytes of an array as numbers or texts. Half-precision numbers come as float32, 64-bit integers as
 * float64, truth values as 0 and 1. Whole elements only; the bytes are not written to.
 */
export function decodeElements(bytes: Uint8Array, encoding: Encoding): Elements {
  const { element } = encoding
  if (element === 'unicode' || element === 'bytes') {
    return { kind: 'texts', texts: decodeTexts(bytes, encoding) }
  }
  const buffer = inNativeOrder(bytes, encoding)
  if (element === 'int64' || element === 'uint64') {
    return { kind: 'numbers', ...decodeLongs(buffer, element === 'int64') }
  }
  return { kind: 'numbers', values: decodeNumbers(buffer, element), rounded: 0 }
}

function decodeNumbers(
  buffer: ArrayBuffer,
  element: Exclude<ArrayHeader['element'], 'unicode' | 'bytes' | 'int64' | 'uint64'>,
): TensorValues {
  switch (element) {
    case 'bool':
      return new Uint8Array(buffer).map((value) => (value === 0 ? 0 : 1))
    case 'int8':
      return new Int8Array(buffer)
    case 'uint8':
      return new Uint8Array(buffer)
    case 'int16':
      return new Int16Array(buffer)
    case 'uint16':
      return new Uint16Array(buffer)
    case 'int32':
      return new Int32Array(buffer)
    case 'uint32':
      return new Uint32Array(buffer)
    case 'float16':
      return Float32Array.from(new Uint16Array(buffer), halfFloatValue)
    case 'float32':
      return new Float32Array(buffer)
    case 'float64':
      return new Float64Array(buffer)
  }
}

/** A copy of the bytes, low byte first: the order of every machine that runs WebAssembly. */
function inNativeOrder(bytes: Uint8Array, { itemBytes, isLittleEndian }: Encoding): ArrayBuffer {
  const copy = new Uint8Array(bytes)
  if (isLittleEndian || itemBytes === 1) return copy.buffer
  for (let start = 0; start < copy.length; start += itemBytes) {
    for (let low = start, high = start + itemBytes - 1; low < high; low += 1, high -= 1) {
      const byte = copy[low] as number
      copy[low] = copy[high] as number
      copy[high] = byte
    }
  }
  return copy.buffer
}

/** By words: some ten times faster than one `BigInt` per value. */
function decodeLongs(
  buffer: ArrayBuffer,
  isSigned: boolean,
): { readonly values: Float64Array; readonly rounded: number } {
  const low = new Uint32Array(buffer)
  const high = isSigned ? new Int32Array(buffer) : low
  const values = new Float64Array(low.length / 2)
  let rounded = 0
  for (let index = 0; index < values.length; index += 1) {
    const value = (high[2 * index + 1] as number) * 2 ** 32 + (low[2 * index] as number)
    if (!Number.isSafeInteger(value)) rounded += 1
    values[index] = value
  }
  return { values, rounded }
}

/** The number that the bits of an IEEE 754 half-precision number stand for. */
export function halfFloatValue(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** Fixed room per text, zeros behind; UCS-4 code points, or bytes that are read as UTF-8. */
function decodeTexts(
  bytes: Uint8Array,
  { element, itemBytes, isLittleEndian }: Encoding,
): readonly string[] {
  const decoder = new TextDecoder()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const texts: string[] = []
  for (let start = 0; start < bytes.length; start += itemBytes) {
    let end = start + itemBytes
    while (end > start && bytes[end - 1] === 0) end -= 1
    if (element === 'bytes') {
      texts.push(decoder.decode(bytes.subarray(start, end)))
      continue
    }
    let text = ''
    for (let at = start; at < start + itemBytes; at += 4) {
      const point = view.getUint32(at, isLittleEndian)
      text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd'
    }
    texts.push(text.replace(/\0+$/, '').toWellFormed())
  }
  return texts
}
