import type { Dataset } from '../core/dataset'
import type { TensorType } from '../core/model'
import { elementType } from './element-type'
import { halfFloatBits } from './half-float'
import { rowSegments, type RowSegment } from './row-segments'

/** float16 comes as the bits of half-precision numbers, bool as 0 and 1. */
export type BlockData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array

export interface BlockRequest {
  /** Dataset row of each used row, rising; null where every row is used. */
  readonly index: Uint32Array | null
  /** Numeric columns (indices), in the order in which they are written. */
  readonly columns: readonly number[]
  /** Every value of the columns fits it: see {@link checkValues}. */
  readonly type: TensorType
  readonly start: number
  /** Exclusive. */
  readonly end: number
  /** Whether the block lies in shared memory, for all lanes to read. */
  readonly isShared: boolean
}

/** Elements of the target touched before the next column starts: what stays in the L2 cache. */
const TILE_ELEMENTS = 32_768

/** Used rows `start` … `end − 1` of some columns as one row-major matrix. */
export function buildBlock(dataset: Dataset, request: BlockRequest): BlockData {
  const width = request.columns.length
  const rows = request.end - request.start
  const bytes = rows * width * (elementType(request.type)?.bytes ?? 0)
  const buffer = request.isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
  const write = writerOf(request.type, buffer)
  const tileRows = Math.max(1, Math.floor(TILE_ELEMENTS / width))
  for (const segment of rowSegments(dataset, request.index, request.start, request.end)) {
    for (let from = segment.from; from < segment.to; from += tileRows) {
      const to = Math.min(segment.to, from + tileRows)
      writeTile(write, request, { chunk: segment.chunk, from, to })
    }
  }
  return viewOf(request.type, buffer)
}

/** Where a column's values come from and go to. */
interface ColumnCopy {
  readonly values: Float64Array
  readonly from: number
  readonly to: number
  readonly index: Uint32Array | null
  readonly chunkStart: number
  /** Element of the first value written. */
  readonly offset: number
  readonly width: number
}

type Writer = (copy: ColumnCopy) => void

function writeTile(write: Writer, request: BlockRequest, { chunk, from, to }: RowSegment): void {
  const width = request.columns.length
  for (const [position, column] of request.columns.entries()) {
    const cells = chunk.columns[column]
    if (cells?.kind !== 'numeric') throw new TypeError('a block is made of numeric columns')
    write({
      values: cells.values,
      from,
      to,
      index: request.index,
      chunkStart: chunk.start,
      offset: (from - request.start) * width + position,
      width,
    })
  }
}

function writerOf(type: TensorType, buffer: ArrayBufferLike): Writer {
  if (type === 'int64' || type === 'uint64') {
    const words = new Int32Array(buffer)
    return (copy) => {
      writeWords(words, copy)
    }
  }
  if (type === 'float16') {
    const bits = new Uint16Array(buffer)
    return (copy) => {
      writeHalves(bits, copy)
    }
  }
  const target = viewOf(type, buffer)
  if (target instanceof BigInt64Array || target instanceof BigUint64Array) {
    throw new TypeError('64-bit integers are written as words')
  }
  return (copy) => {
    writeNumbers(target, copy)
  }
}

function writeNumbers(
  target: Exclude<BlockData, BigInt64Array | BigUint64Array>,
  copy: ColumnCopy,
): void {
  const { values, from, to, index, chunkStart, width } = copy
  let element = copy.offset
  if (index === null) {
    for (let row = from - chunkStart; row < to - chunkStart; row += 1) {
      target[element] = values[row] as number
      element += width
    }
    return
  }
  for (let row = from; row < to; row += 1) {
    target[element] = values[(index[row] as number) - chunkStart] as number
    element += width
  }
}

/** 64-bit integers as low and high words: some ten times faster than one `BigInt` per value. */
function writeWords(words: Int32Array, copy: ColumnCopy): void {
  const { values, from, to, index, chunkStart, width } = copy
  let word = copy.offset * 2
  for (let row = from; row < to; row += 1) {
    const value = values[(index === null ? row : (index[row] as number)) - chunkStart] as number
    // Storing into an Int32Array keeps the value modulo 2^32, exactly. WASM is little-endian.
    words[word] = value
    words[word + 1] = Math.floor(value / 2 ** 32)
    word += width * 2
  }
}

function writeHalves(bits: Uint16Array, copy: ColumnCopy): void {
  const { values, from, to, index, chunkStart, width } = copy
  let element = copy.offset
  for (let row = from; row < to; row += 1) {
    const value = values[(index === null ? row : (index[row] as number)) - chunkStart] as number
    bits[element] = halfFloatBits(value)
    element += width
  }
}

function viewOf(type: TensorType, buffer: ArrayBufferLike): BlockData {
  switch (type) {
    case 'float32':
      return new Float32Array(buffer)
    case 'float64':
      return new Float64Array(buffer)
    case 'int8':
      return new Int8Array(buffer)
    case 'uint8':
    case 'bool':
      return new Uint8Array(buffer)
    case 'int16':
      return new Int16Array(buffer)
    case 'uint16':
    case 'float16':
      return new Uint16Array(buffer)
    case 'int32':
      return new Int32Array(buffer)
    case 'uint32':
      return new Uint32Array(buffer)
    case 'int64':
      return new BigInt64Array(buffer)
    case 'uint64':
      return new BigUint64Array(buffer)
    default:
      throw new TypeError(`no block of ${type}`)
  }
}
