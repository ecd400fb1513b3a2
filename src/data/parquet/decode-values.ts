import { PARQUET_DELTA_BLOCK } from '../../core/caps'
import type { DecodedArray, SchemaElement } from 'hyparquet/src/types.js'
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js'
import { byteStreamSplit } from 'hyparquet/src/encoding.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { corruptTable } from '../columnar/corrupt-table'
import type { RawPage } from './read-page'
import { readRuns } from './read-runs'

/** The values of a page, or their places in the column's dictionary. */
export function isDictionaryEncoded({ encoding }: RawPage): boolean {
  return encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY'
}

export function dictionaryPlaces({ bytes, present }: RawPage, entries: number): Int32Array {
  const width = bytes[0]
  if (width === undefined && present > 0) throw corruptTable('is damaged: an empty page')
  const places = readRuns(bytes.subarray(1), width ?? 0, present)
  for (const place of places) {
    if (place < 0 || place >= entries) {
      throw corruptTable('is damaged: a value stands for nothing in its dictionary')
    }
  }
  return places
}

/** Values as they are stored, before they are taken for dates, decimals and the like. */
export function decodeValues(page: RawPage, element: SchemaElement): DecodedArray {
  const { bytes, encoding, present } = page
  const { type, type_length: typeLength } = element
  if (type === undefined) throw corruptTable('is damaged: a column without a type')
  if (present === 0) return []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const reader = { view, offset: 0 }
  switch (encoding) {
    case 'PLAIN':
      checkRoom(page, element)
      return readPlain(reader, type, present, typeLength)
    case 'RLE': {
      const length = view.getUint32(0, true)
      return Array.from(readRuns(bytes.subarray(4, 4 + length), 1, present), (bit) => bit === 1)
    }
    case 'BYTE_STREAM_SPLIT':
      checkRoom(page, element)
      return byteStreamSplit(reader, present, type, typeLength)
    case 'DELTA_BINARY_PACKED': {
      checkBlock(bytes)
      const output = type === 'INT32' ? new Int32Array(present) : new BigInt64Array(present)
      deltaBinaryUnpack(reader, present, output)
      return output
    }
    case 'DELTA_LENGTH_BYTE_ARRAY':
    case 'DELTA_BYTE_ARRAY': {
      checkBlock(bytes)
      const output: Uint8Array[] = []
      if (encoding === 'DELTA_BYTE_ARRAY') deltaByteArray(reader, present, output)
      else deltaLengthByteArray(reader, present, output)
      return output
    }
    default:
      throw corruptTable(`holds values in the encoding ${encoding}, which is not read`)
  }
}

/** Bytes that one value takes at least. */
const LEAST_BYTES: Record<string, number> = {
  INT32: 4,
  FLOAT: 4,
  INT64: 8,
  DOUBLE: 8,
  INT96: 12,
  BYTE_ARRAY: 4,
}

function checkRoom(
  { bytes, present }: RawPage,
  { type, type_length: length }: SchemaElement,
): void {
  const each =
    type === 'BOOLEAN'
      ? 1 / 8
      : type === 'FIXED_LEN_BYTE_ARRAY'
        ? (length ?? 0)
        : (LEAST_BYTES[type ?? ''] ?? 0)
  if (!(each > 0) || present * each > bytes.length + 1) {
    throw corruptTable('is damaged: a page ends before its last value')
  }
}

/** Differences come in blocks, whose size the decoder takes memory for. */
function checkBlock(bytes: Uint8Array): void {
  const block = varint(bytes, 0)
  const parts = varint(bytes, block.end)
  if (block.value > PARQUET_DELTA_BLOCK || parts.value > block.value || parts.value === 0) {
    throw corruptTable('is damaged: differences in blocks of an impossible size')
  }
}

function varint(
  bytes: Uint8Array,
  start: number,
): { readonly value: number; readonly end: number } {
  let value = 0
  for (let index = start; index < start + 5; index += 1) {
    const byte = bytes[index] ?? 0
    value += (byte & 0x7f) * 2 ** (7 * (index - start))
    if (byte < 0x80) return { value, end: index + 1 }
  }
  return { value: Infinity, end: start + 5 }
}
