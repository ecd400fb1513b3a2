import {
  DISTINCT_CAP,
  tensorText,
  type ColumnChunk,
  type ColumnInfo,
  type Dataset,
} from '../core/dataset'
import { quoted } from '../core/display-text'
import { countDistinct } from './count-distinct'
import { capWarnings } from './cap-warnings'
import { nameColumns } from './name-columns'

const PREVIEW_ROWS = 8
const PREVIEW_CELL_LENGTH = 200

/** A column whose values are there, before anything was counted. */
export interface DraftColumn {
  readonly name: string
  /** Of the same rows as those of the other columns. */
  readonly chunks: readonly ColumnChunk[]
  /** Of texts alone. */
  readonly dictionary: readonly string[] | null
  /** Of tensors alone: the dimensions of one row. */
  readonly shape?: readonly number[]
  /** Whole numbers beyond 2^53 that lost their last digits. */
  readonly rounded: number
}

export interface DatasetDraft {
  readonly columns: readonly DraftColumn[]
  /** Rows of each chunk. */
  readonly chunkRows: readonly number[]
  readonly warnings: readonly string[]
}

/** A dataset of typed columns, as formats with types of their own give them: counted and named. */
export function draftDataset(
  { columns, chunkRows, warnings }: DatasetDraft,
  file: {
    readonly id: string
    readonly name: string
    readonly bytes: number
    readonly sha256: string
  },
): Dataset {
  const { names, warnings: nameWarnings } = nameColumns(columns.map(({ name }) => name))
  const infos = columns.map((column, index) => columnInfo(names[index] ?? '', column))
  let start = 0
  const chunks = chunkRows.map((rows, chunk) => {
    start += rows
    return { start: start - rows, rows, columns: columns.flatMap((c) => c.chunks[chunk] ?? []) }
  })
  const remarks = columns.flatMap((column, index) => columnRemarks(names[index] ?? '', column))
  return {
    info: {
      ...file,
      rows: start,
      columns: infos,
      preview: preview(columns, Math.min(start, PREVIEW_ROWS)),
      warnings: capWarnings([...warnings, ...nameWarnings, ...remarks]),
    },
    chunks,
    dictionaries: columns.map(({ dictionary }) => dictionary),
  }
}

function columnInfo(name: string, { chunks, dictionary, shape }: DraftColumn): ColumnInfo {
  if (dictionary !== null) {
    let missing = 0
    for (const chunk of chunks) {
      if (chunk.kind === 'text') for (const code of chunk.codes) missing += code < 0 ? 1 : 0
    }
    const distinct = Math.min(dictionary.length, DISTINCT_CAP)
    return { name, type: 'text', missing, distinct }
  }
  if (shape !== undefined) {
    return { name, type: 'tensor', missing: rowsWithNaN(chunks), distinct: 0, shape }
  }
  const values = chunks.flatMap((chunk) => (chunk.kind === 'numeric' ? [chunk.values] : []))
  let [missing, present, isInteger] = [0, 0, true]
  for (const part of values) {
    for (const value of part) {
      if (Number.isNaN(value)) missing += 1
      else present += 1
      if (!Number.isSafeInteger(value) && !Number.isNaN(value)) isInteger = false
    }
  }
  const type = isInteger && present > 0 ? 'integer' : 'number'
  return { name, type, missing, distinct: countDistinct(values) }
}

function rowsWithNaN(chunks: readonly ColumnChunk[]): number {
  let missing = 0
  for (const chunk of chunks) {
    if (chunk.kind !== 'tensor') continue
    const { values, width } = chunk
    if (!(values instanceof Float32Array || values instanceof Float64Array)) continue
    for (let first = 0; first < values.length; first += width) {
      if (values.subarray(first, first + width).some(Number.isNaN)) missing += 1
    }
  }
  return missing
}

function columnRemarks(
  rawName: string,
  { chunks, dictionary, rounded, shape }: DraftColumn,
): string[] {
  const name = `Column ${quoted(rawName)}`
  const remarks: string[] = []
  if (rounded > 0) {
    const noun = rounded === 1 ? 'a whole number' : `${String(rounded)} whole numbers`
    remarks.push(`${name} holds ${noun} beyond 2^53, which lose their last digits.`)
  }
  if (dictionary !== null || shape !== undefined) return remarks
  let [infinite, present] = [0, 0]
  for (const chunk of chunks) {
    if (chunk.kind !== 'numeric') continue
    for (const value of chunk.values) {
      if (Number.isNaN(value)) continue
      present += 1
      if (!Number.isFinite(value)) infinite += 1
    }
  }
  if (present === 0) remarks.push(`${name} holds no values.`)
  if (infinite > 0) {
    remarks.push(
      `${name} holds ${infinite === 1 ? 'an infinite value' : `${String(infinite)} infinite values`}.`,
    )
  }
  return remarks
}

function preview(columns: readonly DraftColumn[], rows: number): readonly (readonly string[])[] {
  return Array.from({ length: rows }, (_, row) => columns.map((column) => cellText(column, row)))
}

function cellText({ chunks, dictionary, shape }: DraftColumn, row: number): string {
  if (shape !== undefined) return tensorText(shape)
  let [place, at] = [row, 0]
  let chunk = chunks[0]
  while (chunk !== undefined && place >= lengthOf(chunk)) {
    place -= lengthOf(chunk)
    chunk = chunks[(at += 1)]
  }
  if (chunk?.kind === 'text') {
    return (dictionary?.[chunk.codes[place] ?? -1] ?? '')
      .slice(0, PREVIEW_CELL_LENGTH)
      .toWellFormed()
  }
  const value = chunk?.kind === 'numeric' ? (chunk.values[place] ?? NaN) : NaN
  return Number.isNaN(value) ? '' : String(value)
}

function lengthOf(chunk: ColumnChunk): number {
  return chunk.kind === 'text' ? chunk.codes.length : chunk.values.length
}
