import { TABLE_ROWS } from '../../core/caps'
import type { ColumnMetaData, FileMetaData, RowGroup } from 'hyparquet'
import { byteSource, type ByteSource } from '../../archive/byte-source'
import type { Dataset } from '../../core/dataset'
import { Refusal } from '../../core/refusal'
import { ByteWindow } from '../columnar/byte-window'
import { chunkLengths, rowsPerChunk } from '../room/chunking'
import type { ValueRoom } from '../room/value-room'
import { corruptTable } from '../columnar/corrupt-table'
import { leftOut } from '../columnar/left-out'
import { ListSink } from '../columnar/list-sink'
import type { DataFile, ReadProgress } from '../data-format'
import { draftDataset } from '../draft-dataset'
import { hashFile } from '../hash-file'
import { planColumns, type PlannedColumn } from './plan-columns'
import { ColumnReader } from './read-column'
import { readFooter } from './read-footer'

/** Of the progress, what reading takes; the rest goes to the hash. */
const READING_SHARE = 0.7

/**
 * Reads a Parquet file, row group by row group and column by column: no more than one page of one
 * column is decoded at a time.
 * @throws {Refusal}
 */
export async function readParquet(
  file: DataFile,
  id: string,
  onProgress: ReadProgress,
  room: ValueRoom,
): Promise<Dataset> {
  const source = byteSource(file)
  const metadata = await readFooter(source)
  const rows = countRows(metadata)
  const { columns, warnings: leftOutColumns } = planColumns(metadata)
  const warnings = [...leftOutColumns]
  const chunkRows = rowsPerChunk(cellsPerRow(metadata, columns, rows))
  const readers = columns.map(
    (column) =>
      new ColumnReader(column, { rows: chunkRows, room }, (sentence) => warnings.push(sentence)),
  )
  for (const [index, group] of metadata.row_groups.entries()) {
    for (const [place, column] of columns.entries()) {
      await readers[place]?.read(
        chunkWindow(source, group, column),
        chunkOf(group, column),
        Number(group.num_rows),
      )
      const done = (index + (place + 1) / columns.length) / metadata.row_groups.length
      onProgress(file.size * READING_SHARE * done, file.size)
    }
  }
  const drafts = readers.flatMap(({ sink }, place) => {
    const draft = sink.finish()
    if (draft === null && sink instanceof ListSink) {
      warnings.push(leftOut(columns[place]?.name ?? '', sink.problem ?? 'no values'))
    }
    return draft ?? []
  })
  if (drafts.length === 0) {
    const [first = 'has no column that can be read'] = warnings
    throw new Refusal('data-malformed', `has no column that can be read: ${first}`, LISTS_ADVICE)
  }
  const sha256 = await hashFile(file, (done) => {
    onProgress(file.size * READING_SHARE + done * (1 - READING_SHARE), file.size)
  })
  return draftDataset(
    { columns: drafts, chunkRows: chunkLengths(rows, chunkRows), warnings },
    { id, name: file.name, bytes: file.size, sha256 },
  )
}

const LISTS_ADVICE = 'Save numbers and texts as columns of their own, and lists of one length.'

function countRows({ row_groups: groups, num_rows: claimed }: FileMetaData): number {
  let rows = 0
  for (const { num_rows: count } of groups) {
    if (!(Number(count) >= 0)) throw corruptTable('is damaged: a row group of unknown length')
    rows += Number(count)
  }
  if (rows !== Number(claimed)) {
    throw corruptTable('is damaged: its row groups do not add up to its rows')
  }
  if (rows > TABLE_ROWS) {
    throw new Refusal(
      'file-too-large',
      `holds ${rows.toLocaleString('en-GB')} rows; ${TABLE_ROWS.toLocaleString('en-GB')} is the most`,
      'Save part of the rows.',
    )
  }
  if (rows === 0) {
    throw new Refusal(
      'no-rows',
      'holds columns but no rows',
      'Choose a file with at least one row of data.',
    )
  }
  return rows
}

/** Lists count by the number of values that their first row group claims. */
function cellsPerRow(
  { row_groups: groups }: FileMetaData,
  columns: readonly PlannedColumn[],
  rows: number,
): number {
  const [first] = groups
  if (first === undefined) return columns.length
  const groupRows = Math.max(1, Math.min(rows, Number(first.num_rows)))
  const cells = columns.map((column) =>
    column.isList ? Math.max(1, Number(chunkOf(first, column).num_values) / groupRows) : 1,
  )
  return cells.reduce((sum, count) => sum + count, 0)
}

function chunkOf({ columns }: RowGroup, { leaf, element }: PlannedColumn): ColumnMetaData {
  const chunk = columns[leaf]
  if (chunk?.file_path !== undefined && chunk.file_path !== '') {
    throw new Refusal(
      'data-malformed',
      'keeps its columns in other files',
      'Save the table as one file.',
    )
  }
  const metadata = chunk?.meta_data
  if (metadata === undefined || metadata.type !== element.type) {
    throw corruptTable('is damaged: a column is missing from a row group')
  }
  if (!(Number(metadata.num_values) >= 0)) {
    throw corruptTable('is damaged: a column of unknown length')
  }
  return metadata
}

function chunkWindow(source: ByteSource, group: RowGroup, column: PlannedColumn): ByteWindow {
  const {
    dictionary_page_offset: dictionary,
    data_page_offset: data,
    total_compressed_size: size,
  } = chunkOf(group, column)
  // Some writers give 0 for a dictionary that is not there.
  const start = Number(
    dictionary !== undefined && dictionary > 0n && dictionary < data ? dictionary : data,
  )
  const end = start + Number(size)
  if (!(start >= 4) || !(end >= start) || end > source.size) {
    throw corruptTable('is cut or damaged: a column lies outside of the file')
  }
  return new ByteWindow(source, start, end)
}
