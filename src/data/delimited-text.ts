import { capOf } from '../core/caps'
import { ContentHash } from '../core/content-hash'
import { DISTINCT_CAP, type ColumnChunk, type ColumnInfo, type Dataset } from '../core/dataset'
import { fileKind } from '../core/file-kind'
import { success, type Outcome } from '../core/failure'
import { capWarnings } from './cap-warnings'
import { columnWarnings, decimalMarkWarning } from './column-warnings'
import { countDistinct } from './count-distinct'
import type { DataFile, DataFormat, ReadProgress } from './data-format'
import { chunkLengths } from './room/chunking'
import { numericChunk, textChunk } from './room/kept-chunk'
import type { ValueRoom } from './room/value-room'
import { scanRows } from './scan-rows'
import { skipMalformed } from './skip-malformed'
import { TableBuilder, type Builder } from './table-builder'
import { encodingOf, TextStream } from './text-stream'

const PROGRESS_INTERVAL_MS = 50
/** Bytes below 0x20 in a text without a mark: NUL aside, which is reported with its line. */
const CONTROLS_ALLOWED = 0.01

/** CSV, TSV and their like, in UTF-8, or in UTF-16 with a byte order mark. */
export const delimitedText: DataFormat = {
  label: 'CSV or TSV text',
  accepts: (head) => fileKind(head) === null && (encodingOf(head) !== 'utf-8' || isText(head)),
  read: skipMalformed(readDelimitedText),
}

/**
 * Streams the file slice by slice: neither its bytes nor its text are ever held as a whole. The
 * file is read again, at most twice, for columns that looked numeric at first and were not.
 */
async function readDelimitedText(
  file: DataFile,
  id: string,
  onProgress: ReadProgress,
  room: ValueRoom,
): Promise<Outcome<Dataset>> {
  const hash = new ContentHash()
  const progress = throttle(file.size, onProgress)
  const table = new TableBuilder(file.name, room, capOf(file, 'columns'))
  const rowCap = capOf(file, 'row-length')
  const stream = new TextStream(file, (bytes, end) => {
    hash.update(bytes)
    progress(end)
  })
  const first = await scanRows(stream, file.name, rowCap, table)
  const problem = first ?? table.finishPass()
  if (problem !== null) return { ok: false, failure: problem }
  while (table.needsPass) {
    table.beginPass()
    const stream = new TextStream(file, (_, end) => {
      progress(end)
    })
    const again = await scanRows(stream, file.name, rowCap, table)
    const failure = again ?? table.finishPass()
    if (failure !== null) return { ok: false, failure }
  }
  return success(finish(table, file, id, hash.digest()))
}

function finish(table: TableBuilder, file: DataFile, id: string, sha256: string): Dataset {
  const names = table.header?.names ?? []
  const builders = table.columns.map(({ builder }) => builder)
  const columns = builders.map(columnChunks)
  const { rows: chunkRows } = table.chunking
  const info = {
    id,
    name: file.name,
    bytes: file.size,
    sha256,
    rows: table.rows,
    columns: builders.map((builder, index) =>
      columnInfo(names[index] ?? '', builder, columns[index] ?? []),
    ),
    preview: table.preview,
    warnings: warnings(table, names),
  }
  return {
    info,
    chunks: chunkLengths(table.rows, chunkRows).map((rows, index) => ({
      start: index * chunkRows,
      rows,
      columns: columns.flatMap((chunks) => chunks[index] ?? []),
    })),
    dictionaries: builders.map((builder) =>
      builder.reading === 'text' ? builder.dictionary : null,
    ),
  }
}

function columnChunks(builder: Builder): readonly ColumnChunk[] {
  return builder.reading === 'text'
    ? builder.codes.finish().map(textChunk)
    : builder.values.finish().map(numericChunk)
}

function columnInfo(name: string, builder: Builder, chunks: readonly ColumnChunk[]): ColumnInfo {
  const { missing } = builder
  if (builder.reading === 'text') {
    return {
      name,
      type: 'text',
      missing,
      distinct: Math.min(builder.dictionary.length, DISTINCT_CAP),
    }
  }
  const type = builder.isInteger && builder.hasValues ? 'integer' : 'number'
  return { name, type, missing, distinct: countDistinct(chunks) }
}

function warnings(table: TableBuilder, names: readonly string[]): readonly string[] {
  const { blankLines } = table
  const blank = blankLines === 1 ? '1 blank line was' : `${String(blankLines)} blank lines were`
  const marks = decimalMarkWarning(names, table.columns)
  const all = [
    ...(table.header?.warnings ?? []),
    ...(blankLines > 0 ? [`${blank} left out.`] : []),
    ...(marks === null ? [] : [marks]),
    ...table.columns.flatMap((state, index) => columnWarnings(names[index] ?? '', state)),
  ]
  return capWarnings(all)
}

/** Calls at most every {@link PROGRESS_INTERVAL_MS}, and always at the end of the file. */
function throttle(total: number, onProgress: ReadProgress): (done: number) => void {
  let last = -Infinity
  return (done) => {
    const now = performance.now()
    if (done < total && now - last < PROGRESS_INTERVAL_MS) return
    last = now
    onProgress(done, total)
  }
}

function isText(head: Uint8Array): boolean {
  const isControl = (byte: number): boolean =>
    byte < 0x20 && byte !== 0 && !(byte >= 0x09 && byte <= 0x0d)
  const controls = head.reduce((count, byte) => count + (isControl(byte) ? 1 : 0), 0)
  return controls <= head.length * CONTROLS_ALLOWED
}
