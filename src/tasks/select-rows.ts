import { contentHash } from '../core/content-hash'
import type { ColumnChunk, Dataset, TensorChunk } from '../core/dataset'
import { success, type Outcome } from '../core/failure'
import { isEveryRow, type ChosenRows, type RowChoice } from '../core/row-choice'
import { matchRows } from './match-rows'
import { sampleRows } from './sample-rows'

/** The rows of a dataset that a task uses. */
export interface RowSelection {
  readonly rows: number
  /** Dataset row of each used row, rising; null where every row is used. */
  readonly index: Uint32Array | null
  /** Rows that the filter lets through and that miss a value. */
  readonly droppedRows: number
  /** Missing values by column, largest first. A row may be missing in several columns. */
  readonly droppedBy: readonly { readonly column: string; readonly rows: number }[]
  /** Null where no filter and no sample was asked for. */
  readonly chosen: ChosenRows | null
}

/** Flags of rows that are not used. */
const FILTERED = 1
const MISSING = 2

/**
 * Applies the filter, then drops the rows in which any of `columns` (indices) is missing, then takes the
 * sample.
 */
export function selectRows(
  dataset: Dataset,
  columns: readonly number[],
  choice: RowChoice | null = null,
): Outcome<RowSelection> {
  const total = dataset.info.rows
  const incomplete = columns.filter((column) => (dataset.info.columns[column]?.missing ?? 0) > 0)
  if (incomplete.length === 0 && (choice === null || isEveryRow(choice))) {
    return success({ rows: total, index: null, droppedRows: 0, droppedBy: [], chosen: null })
  }
  const flags = new Uint8Array(total)
  let matchedRows = total
  if (choice !== null && choice.filter.length > 0) {
    const matches = matchRows(dataset, choice.filter)
    if (!matches.ok) return matches
    matches.value.forEach((match, row) => (flags[row] = match === 1 ? 0 : FILTERED))
    matchedRows = matches.value.reduce((count, match) => count + match, 0)
  }
  const droppedBy = incomplete
    .map((column) => ({
      column: dataset.info.columns[column]?.name ?? '',
      rows: markMissing(dataset, column, flags),
    }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows)
  const complete = keptRows(flags)
  const droppedRows = matchedRows - complete.length
  const taken = takeSample(dataset, complete, { choice, matchedRows })
  const { index, chosen } = taken
  return success({
    ...{ rows: index.length, index: index.length === total ? null : index },
    ...{ droppedRows, droppedBy, chosen },
  })
}

function takeSample(
  dataset: Dataset,
  complete: Uint32Array,
  { choice, matchedRows }: { readonly choice: RowChoice | null; readonly matchedRows: number },
): { readonly index: Uint32Array; readonly chosen: ChosenRows | null } {
  if (choice === null || isEveryRow(choice)) return { index: complete, chosen: null }
  const { filter, sample, seed } = choice
  const taken =
    sample === null ? { index: complete, sample } : sampleRows(dataset, complete, sample, seed)
  // Of an index that is a view into a longer one the bytes of the view alone.
  const index = taken.index.slice()
  return {
    index,
    chosen: {
      ...{ tableRows: dataset.info.rows, filter, matchedRows, completeRows: complete.length },
      ...{ sample: taken.sample, sha256: contentHash(new Uint8Array(index.buffer)) },
    },
  }
}

/** Counts rows that the filter lets through. */
function markMissing(dataset: Dataset, column: number, flags: Uint8Array): number {
  let missing = 0
  for (const chunk of dataset.chunks) {
    const cells = chunk.columns[column]
    if (cells !== undefined) missing += markChunk(cells, chunk.start, flags)
  }
  return missing
}

function markChunk(cells: ColumnChunk, start: number, flags: Uint8Array): number {
  if (cells.kind === 'tensor') return markTensors(cells, start, flags)
  let missing = 0
  const values = cells.kind === 'numeric' ? cells.values : cells.codes
  const isText = cells.kind === 'text'
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number
    if ((isText ? value < 0 : Number.isNaN(value)) && flags[start + row] !== FILTERED) {
      flags[start + row] = MISSING
      missing += 1
    }
  }
  return missing
}

function markTensors({ values, width }: TensorChunk, start: number, flags: Uint8Array): number {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return 0
  let missing = 0
  for (let first = 0, row = start; first < values.length; first += width, row += 1) {
    if (flags[row] === FILTERED) continue
    if (!values.subarray(first, first + width).some(Number.isNaN)) continue
    flags[row] = MISSING
    missing += 1
  }
  return missing
}

function keptRows(flags: Uint8Array): Uint32Array {
  let kept = 0
  for (const flag of flags) if (flag === 0) kept += 1
  const index = new Uint32Array(kept)
  let next = 0
  for (let row = 0; row < flags.length; row += 1) {
    if (flags[row] === 0) {
      index[next] = row
      next += 1
    }
  }
  return index
}
