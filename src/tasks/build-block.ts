import { columnWidth, type Dataset, type TensorValues } from '../core/dataset'
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
  /** Columns of numbers (indices), in the order in which they are written. */
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
  const width = blockWidth(dataset, request.columns)
  const rows = request.end - request.start
  const bytes = rows * width * (elementType(request.type)?.bytes ?? 0)
  const buffer = request.isShared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes)
  const write = writerOf(request.type, buffer)
  const tileRows = Math.max(1, Math.floor(TILE_ELEMENTS / width))
  for (const segment of rowSegments(dataset, request.index, request.start, request.end)) {
    for (let from = segment.from; from < segment.to; from += tileRows) {
      const to = Math.min(segment.to, from + tileRows)
      writeTile(write, request, { chunk: segment.chunk, from, to }, width)
    }
  }
  return viewOf(request.type, buffer)
}

/** Numbers per row. */
export function blockWidth({ info }: Dataset, columns: readonly number[]): number {
  return columns.reduce((sum, column) => {
    const found = info.columns[column]
    return sum + (found === undefined ? 0 : columnWidth(found))
  }, 0)
}

/** Where a column's values come from and go to. */
interface ColumnCopy {
  readonly values: TensorValues
  /** Numbers of the column in one row. */
  readonly span: number
  readonly from: number
  readonly to: number
  readonly index: Uint32Array | null
  readonly chunkStart: number
  /** Element of the first value written. */
  readonly offset: number
  readonly width: number
}

type Writer = (copy: ColumnCopy) => void

function writeTile(
  write: Writer,
  request: BlockRequest,
  { chunk, from, to }: RowSegment,
  width: number,
): void {
  let position = 0
  for (const column of request.columns) {
    const cells = chunk.columns[column]
    if (cells === undefined || cells.kind === 'text') {
      throw new TypeError('a block is made of columns of numbers')
    }
    const span = cells.kind === 'tensor' ? cells.width : 1
    write({
      values: cells.values,
      span,
      from,
      to,
      index: request.index,
      chunkStart: chunk.start,
      offset: (from - request.start) * width + position,
      width,
    })
    position += span
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
  if (copy.span > 1) {
    writeTensors(target, copy)
    return
  }
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

/** Rows of a tensor lie together in both places, and the engine's own copy converts the numbers. */
function writeTensors(
  target: Exclude<BlockData, BigInt64Array | BigUint64Array>,
  { values, span, from, to, index, chunkStart, width, offset }: ColumnCopy,
): void {
  let element = offset
  for (let row = from; row < to; row += 1) {
    const source = (sourceRow(index, row) - chunkStart) * span
    target.set(values.subarray(source, source + span), element)
    element += width
  }
}

function sourceRow(index: Uint32Array | null, row: number): number {
  return index === null ? row : (index[row] as number)
}

/** 64-bit integers as low and high words: some ten times faster than one `BigInt` per value. */
function writeWords(words: Int32Array, copy: ColumnCopy): void {
  const { values, span, from, to, index, chunkStart, width } = copy
  let word = copy.offset * 2
  for (let row = from; row < to; row += 1) {
    const source = (sourceRow(index, row) - chunkStart) * span
    for (let place = 0; place < span; place += 1) {
      const value = values[source + place] as number
      // Storing into an Int32Array keeps the value modulo 2^32, exactly. WASM is little-endian.
      words[word + place * 2] = value
      words[word + place * 2 + 1] = Math.floor(value / 2 ** 32)
    }
    word += width * 2
  }
}

function writeHalves(bits: Uint16Array, copy: ColumnCopy): void {
  const { values, span, from, to, index, chunkStart, width } = copy
  let element = copy.offset
  for (let row = from; row < to; row += 1) {
    const source = (sourceRow(index, row) - chunkStart) * span
    for (let place = 0; place < span; place += 1) {
      bits[element + place] = halfFloatBits(values[source + place] as number)
    }
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
