import {
  DISTINCT_CAP,
  tensorText,
  type ColumnChunk,
  type ColumnInfo,
  type Dataset,
} from '../core/dataset'
import { quoted } from '../core/display-text'
import { capWarnings } from './cap-warnings'
import { nameColumns } from './name-columns'
import { surveyNumbers } from './survey-numbers'

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
  const read = columns.map((column, index) => readColumn(names[index] ?? '', column))
  let start = 0
  const chunks = chunkRows.map((rows, chunk) => {
    start += rows
    return { start: start - rows, rows, columns: columns.flatMap((c) => c.chunks[chunk] ?? []) }
  })
  return {
    info: {
      ...file,
      rows: start,
      columns: read.map(({ info }) => info),
      preview: preview(columns, Math.min(start, PREVIEW_ROWS)),
      warnings: capWarnings([
        ...warnings,
        ...nameWarnings,
        ...read.flatMap(({ remarks }) => remarks),
      ]),
    },
    chunks,
    dictionaries: columns.map(({ dictionary }) => dictionary),
  }
}

interface ReadColumn {
  readonly info: ColumnInfo
  readonly remarks: readonly string[]
}

function readColumn(name: string, column: DraftColumn): ReadColumn {
  const { chunks, dictionary, shape } = column
  const remarks = roundedRemark(name, column)
  if (dictionary !== null) {
    const distinct = Math.min(dictionary.length, DISTINCT_CAP)
    return { info: { name, type: 'text', missing: missingTexts(chunks), distinct }, remarks }
  }
  if (shape !== undefined) {
    const missing = rowsWithNaN(chunks)
    return { info: { name, type: 'tensor', missing, distinct: 0, shape }, remarks }
  }
  const { missing, present, infinite, isInteger, distinct } = surveyNumbers(chunks)
  const type = isInteger && present > 0 ? 'integer' : 'number'
  if (present === 0) remarks.push(`Column ${quoted(name)} holds no values.`)
  if (infinite > 0) {
    const what = infinite === 1 ? 'an infinite value' : `${String(infinite)} infinite values`
    remarks.push(`Column ${quoted(name)} holds ${what}.`)
  }
  return { info: { name, type, missing, distinct }, remarks }
}

function missingTexts(chunks: readonly ColumnChunk[]): number {
  let missing = 0
  for (const chunk of chunks) {
    if (chunk.kind === 'text') for (const code of chunk.codes) missing += code < 0 ? 1 : 0
  }
  return missing
}

function roundedRemark(name: string, { rounded }: DraftColumn): string[] {
  if (rounded === 0) return []
  const noun = rounded === 1 ? 'a whole number' : `${String(rounded)} whole numbers`
  return [`Column ${quoted(name)} holds ${noun} beyond 2^53, which lose their last digits.`]
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
