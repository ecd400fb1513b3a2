import { PARQUET_PAGE_HEADER_BYTES, PARQUET_PAGE_BYTES, PARQUET_PAGE_VALUES } from '../../core/caps'
import type { ColumnMetaData, PageHeader } from 'hyparquet/src/types.js'
import { parquetHeader } from 'hyparquet/src/column.js'
import { decompressPage } from 'hyparquet/src/datapage.js'
import { Refusal } from '../../core/refusal'
import type { ByteWindow } from '../columnar/byte-window'
import { corruptTable, decodeStep } from '../columnar/corrupt-table'
import { checkThrift } from './check-thrift'
import { codecs, MOST_GROWTH } from './codecs'
import { readRuns } from './read-runs'

/** Of packed pages of a few bytes. */
const LEAST_ROOM = 64

/** How deep values of a column can be nested; see Dremel's levels in the format's description. */
export interface Levels {
  readonly maxDefinition: number
  readonly maxRepetition: number
}

/** A page, decompressed and cut into levels and encoded values. */
export interface RawPage {
  readonly isDictionary: boolean
  readonly encoding: string
  /** Values and missing ones together. */
  readonly count: number
  /** Of each value; null where all are there. */
  readonly definition: Int32Array | null
  /** Of each value; null in columns that are not nested. */
  readonly repetition: Int32Array | null
  /** Values that are there. */
  readonly present: number
  readonly bytes: Uint8Array
}

/** The next page of a column chunk; null after the last. */
export async function readPage(
  window: ByteWindow,
  column: ColumnMetaData,
  levels: Levels,
): Promise<RawPage | null> {
  for (;;) {
    if (window.remaining === 0) return null
    const head = await window.peek(PARQUET_PAGE_HEADER_BYTES)
    const end = checkThrift(head, 0)
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    const header = decodeStep('a page header', () => parquetHeader({ view, offset: 0 }))
    checkSizes(header)
    await window.take(end)
    const bytes = await window.take(header.compressed_page_size)
    if (header.type === 'INDEX_PAGE') continue
    return decodeStep('a page', () => cutPage(header, bytes, column, levels))
  }
}

/** Everything that a page claims of its sizes, before any memory is taken for it. */
function checkSizes(header: PageHeader): void {
  const { uncompressed_page_size: size, compressed_page_size: packed } = header
  if (!(packed >= 0) || !(size >= 0)) throw corruptTable('is damaged: a page of negative size')
  const {
    data_page_header: v1,
    data_page_header_v2: v2,
    dictionary_page_header: dictionary,
  } = header
  const count = v1?.num_values ?? v2?.num_values ?? dictionary?.num_values ?? 0
  if (!(count >= 0)) throw corruptTable('is damaged: a page of negative length')
  if (size > PARQUET_PAGE_BYTES || count > PARQUET_PAGE_VALUES) {
    throw new Refusal(
      'file-too-large',
      `has a page of ${count.toLocaleString('en-GB')} values and ${size.toLocaleString('en-GB')} bytes`,
      'Write the table once more with pages of about 1 MiB, as writers do by default.',
    )
  }
}

function cutPage(
  header: PageHeader,
  packed: Uint8Array,
  column: ColumnMetaData,
  levels: Levels,
): RawPage {
  if (header.data_page_header_v2 !== undefined && header.type === 'DATA_PAGE_V2') {
    return cutSecondVersion(header, packed, column, levels)
  }
  const bytes = unpack(packed, header.uncompressed_page_size, column)
  const { dictionary_page_header: dictionary, data_page_header: data } = header
  if (header.type === 'DICTIONARY_PAGE' && dictionary !== undefined) {
    const count = dictionary.num_values
    const page = { count, present: count, definition: null, repetition: null, bytes }
    return { ...page, isDictionary: true, encoding: 'PLAIN' }
  }
  if (data === undefined) throw corruptTable('is damaged: a page of an unknown kind')
  const count = data.num_values
  let offset = 0
  const level = (max: number): Int32Array | null => {
    if (max === 0) return null
    const length = new DataView(bytes.buffer, bytes.byteOffset + offset, 4).getUint32(0, true)
    const runs = bytes.subarray(offset + 4, offset + 4 + length)
    offset += 4 + length
    return readRuns(runs, bitsFor(max), count)
  }
  const repetition = level(levels.maxRepetition)
  const definition = level(levels.maxDefinition)
  const rest = bytes.subarray(offset)
  return dataPage({ encoding: data.encoding, count, repetition, definition, bytes: rest }, levels)
}

/** Its levels come before the compressed part. */
function cutSecondVersion(
  header: PageHeader,
  packed: Uint8Array,
  column: ColumnMetaData,
  levels: Levels,
): RawPage {
  const data = header.data_page_header_v2
  if (data === undefined) throw corruptTable('is damaged: a page without its header')
  const repetitionBytes = data.repetition_levels_byte_length
  const valuesStart = repetitionBytes + data.definition_levels_byte_length
  if (!(repetitionBytes >= 0) || !(valuesStart >= repetitionBytes) || valuesStart > packed.length) {
    throw corruptTable('is damaged: levels of a page go on past its end')
  }
  const count = data.num_values
  const runs = (from: number, to: number, max: number): Int32Array | null =>
    max === 0 ? null : readRuns(packed.subarray(from, to), bitsFor(max), count)
  const repetition = runs(0, repetitionBytes, levels.maxRepetition)
  const definition = runs(repetitionBytes, valuesStart, levels.maxDefinition)
  const size = header.uncompressed_page_size - valuesStart
  const rest = packed.subarray(valuesStart)
  const bytes =
    data.is_compressed === false || rest.length === 0 ? rest : unpack(rest, size, column)
  return dataPage({ encoding: data.encoding, count, repetition, definition, bytes }, levels)
}

function dataPage(
  page: Omit<RawPage, 'isDictionary' | 'present'>,
  { maxDefinition }: Levels,
): RawPage {
  let present = page.count
  for (const level of page.definition ?? []) if (level < maxDefinition) present -= 1
  const definition = present === page.count ? null : page.definition
  return { ...page, isDictionary: false, definition, present }
}

function unpack(packed: Uint8Array, size: number, { codec }: ColumnMetaData): Uint8Array {
  if (size < 0) throw corruptTable('is damaged: a page of negative size')
  // Memory is taken for what a page claims; the WebAssembly decoder of Snappy even keeps it.
  if (size > packed.length * (MOST_GROWTH[codec] ?? Infinity) + LEAST_ROOM) {
    throw corruptTable('is damaged: a page claims to grow more than its codec allows')
  }
  return decompressPage(packed, size, codec, codecs)
}

function bitsFor(max: number): number {
  return 32 - Math.clz32(max)
}
