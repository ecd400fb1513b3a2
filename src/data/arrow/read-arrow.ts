import {
  CompressionType,
  setCompressionCodec,
  tableFromIPC,
  type Batch,
  type Schema,
  type Table,
} from '@uwdata/flechette'
import { byteSource } from '../../archive/byte-source'
import { CAPS } from '../../core/caps'
import type { Dataset } from '../../core/dataset'
import { Refusal } from '../../core/refusal'
import { chunkLengths, rowsPerChunk } from '../room/chunking'
import type { ValueRoom } from '../room/value-room'
import { corruptTable, decodeStep } from '../columnar/corrupt-table'
import { leftOut } from '../columnar/left-out'
import { ListSink } from '../columnar/list-sink'
import { unpackZstd } from '../columnar/unpack-zstd'
import type { DataFile, ReadProgress } from '../data-format'
import { draftDataset } from '../draft-dataset'
import { hashFile } from '../hash-file'
import { arrowMeaning, detailsOf } from './arrow-cells'
import { BatchColumn } from './batch-column'
import { unpackLz4Frame } from './lz4-frame'
import { readMessages, type Message } from './read-messages'

/** Of the progress, what reading takes; the rest goes to the hash. */
const READING_SHARE = 0.7
const BIG_ENDIAN = 1

const encode = (): never => {
  throw new Error('nothing is packed here')
}
setCompressionCodec(CompressionType.LZ4_FRAME, { decode: unpackLz4Frame, encode })
setCompressionCodec(CompressionType.ZSTD, { decode: unpackZstd, encode })

/** Whole numbers, decimals and times as they are stored. */
const EXTRACTION = { useBigInt: true, useBigIntTimestamp: true, useDecimalInt: true }

/**
 * Reads an Arrow IPC file (Feather 2) or stream, one record batch in memory at a time.
 * @throws {Refusal}
 */
export async function readArrow(
  file: DataFile,
  id: string,
  isFile: boolean,
  { onProgress, room }: { readonly onProgress: ReadProgress; readonly room: ValueRoom },
): Promise<Dataset> {
  const table = new ArrowTable(room)
  for await (const message of readMessages(byteSource(file), isFile)) {
    table.take(message)
    onProgress(message.end * READING_SHARE, file.size)
  }
  const draft = table.finish()
  const sha256 = await hashFile(file, (done) => {
    onProgress(file.size * READING_SHARE + done * (1 - READING_SHARE), file.size)
  })
  return draftDataset(draft, { id, name: file.name, bytes: file.size, sha256 })
}

class ArrowTable {
  #schema: { readonly message: Message; readonly fields: Schema['fields'] } | null = null
  /** Of each dictionary, what it is made of. */
  readonly #dictionaries = new Map<bigint, readonly Message[]>()
  #columns: readonly { readonly place: number; readonly column: BatchColumn }[] = []
  readonly #warnings: string[] = []
  #chunkRows = 0
  #rows = 0

  constructor(private readonly room: ValueRoom) {}

  take(message: Message): void {
    if (message.kind === 'schema') {
      const { schema } = decodeStep('the schema', () => tableFromIPC([message.bytes]))
      if (schema.endianness === BIG_ENDIAN)
        throw corruptTable('is in big-endian order, which is not read')
      this.#schema ??= { message, fields: schema.fields }
      return
    }
    if (message.kind === 'dictionary' && message.dictionary !== null) {
      const { id, isDelta } = message.dictionary
      this.#dictionaries.set(id, [...(isDelta ? (this.#dictionaries.get(id) ?? []) : []), message])
      return
    }
    if (message.kind !== 'records') return
    if (this.#schema === null) throw corruptTable('is damaged: its rows come before its schema')
    const parts = [this.#schema.message, ...Array.from(this.#dictionaries.values()).flat(), message]
    const bytes = parts.map((part) => part.bytes)
    const table = decodeStep('a record batch', () => tableFromIPC(bytes, EXTRACTION))
    decodeStep('a record batch', () => {
      this.#append(table)
    })
  }

  finish() {
    const warnings = this.#warnings
    if (this.#rows === 0) {
      const what = this.#schema === null ? 'holds no table' : 'holds columns but no rows'
      throw new Refusal('no-rows', what, 'Choose a file with at least one row of data.')
    }
    const columns = this.#columns.flatMap(({ column: { sink, name } }) => {
      const draft = sink.finish()
      if (draft === null && sink instanceof ListSink) {
        warnings.push(leftOut(name, sink.problem ?? 'no values'))
      }
      return draft ?? []
    })
    if (columns.length === 0) {
      throw new Refusal(
        'data-malformed',
        'has no column that can be read',
        'Save numbers and texts as columns of their own.',
      )
    }
    return { columns, chunkRows: chunkLengths(this.#rows, this.#chunkRows), warnings }
  }

  #append(table: Table): void {
    const batchOf = (place: number): Batch<unknown> => {
      const batch = table.getChildAt(place).data[0] as Batch<unknown> | undefined
      if (batch === undefined) throw corruptTable('is damaged: a column is missing from a batch')
      return batch
    }
    if (this.#chunkRows === 0) this.#plan(batchOf)
    const rows = table.numRows
    for (const { place } of this.#columns) {
      if (batchOf(place).length !== rows) {
        throw corruptTable('is damaged: its columns are not equally long')
      }
    }
    for (const { place, column } of this.#columns) column.append(batchOf(place))
    this.#rows += rows
  }

  /** Once the first batch says how long lists are. */
  #plan(batchOf: (place: number) => Batch<unknown>): void {
    const fields = this.#schema?.fields ?? []
    if (fields.length > CAPS.columns.value) {
      throw new Refusal(
        'file-too-large',
        `has ${String(fields.length)} columns; ${String(CAPS.columns.value)} is the most`,
        'Keep only the columns that the models read and the target.',
      )
    }
    const planned = fields.flatMap(({ name, type }, place) => {
      const meaning = arrowMeaning(type)
      if (meaning.kind !== 'refused') return { name, type, place, meaning }
      this.#warnings.push(leftOut(name, meaning.what))
      return []
    })
    const cells = planned.map(({ type, place, meaning }) => {
      if (meaning.kind !== 'list') return 1
      const { length, children } = batchOf(place) as unknown as {
        readonly length: number
        readonly children: readonly { readonly length: number }[]
      }
      return detailsOf(type).stride ?? Math.max(1, (children[0]?.length ?? 0) / Math.max(1, length))
    })
    this.#chunkRows = rowsPerChunk(cells.reduce((sum, count) => sum + count, 0))
    const warn = (sentence: string): void => void this.#warnings.push(sentence)
    const chunking = { rows: this.#chunkRows, room: this.room }
    this.#columns = planned.map(({ name, type, place, meaning }) => ({
      place,
      column: new BatchColumn(name, type, meaning, chunking, warn),
    }))
  }
}
