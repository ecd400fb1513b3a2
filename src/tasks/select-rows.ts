import type { ColumnChunk, Dataset, TensorChunk } from '../core/dataset'

/** The rows of a dataset that a task uses. */
export interface RowSelection {
  readonly rows: number
  /** Dataset row of each used row, rising; null where every row is used. */
  readonly index: Uint32Array | null
  readonly droppedRows: number
  /** Missing values by column, largest first. A row may be missing in several columns. */
  readonly droppedBy: readonly { readonly column: string; readonly rows: number }[]
}

/** Drops the rows in which any of `columns` (indices) is missing. */
export function selectRows(dataset: Dataset, columns: readonly number[]): RowSelection {
  const total = dataset.info.rows
  const incomplete = columns.filter((column) => (dataset.info.columns[column]?.missing ?? 0) > 0)
  if (incomplete.length === 0) {
    return { rows: total, index: null, droppedRows: 0, droppedBy: [] }
  }
  const isDropped = new Uint8Array(total)
  const droppedBy = incomplete
    .map((column) => ({
      column: dataset.info.columns[column]?.name ?? '',
      rows: markMissing(dataset, column, isDropped),
    }))
    .filter(({ rows }) => rows > 0)
    .sort((a, b) => b.rows - a.rows)
  const index = keptRows(isDropped)
  return { rows: index.length, index, droppedRows: total - index.length, droppedBy }
}

function markMissing(dataset: Dataset, column: number, isDropped: Uint8Array): number {
  let missing = 0
  for (const chunk of dataset.chunks) {
    const cells = chunk.columns[column]
    if (cells !== undefined) missing += markChunk(cells, chunk.start, isDropped)
  }
  return missing
}

function markChunk(cells: ColumnChunk, start: number, isDropped: Uint8Array): number {
  if (cells.kind === 'tensor') return markTensors(cells, start, isDropped)
  let missing = 0
  const values = cells.kind === 'numeric' ? cells.values : cells.codes
  const isText = cells.kind === 'text'
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number
    if (isText ? value < 0 : Number.isNaN(value)) {
      isDropped[start + row] = 1
      missing += 1
    }
  }
  return missing
}

function markTensors({ values, width }: TensorChunk, start: number, isDropped: Uint8Array): number {
  if (!(values instanceof Float32Array || values instanceof Float64Array)) return 0
  let missing = 0
  for (let first = 0, row = start; first < values.length; first += width, row += 1) {
    if (!values.subarray(first, first + width).some(Number.isNaN)) continue
    isDropped[row] = 1
    missing += 1
  }
  return missing
}

function keptRows(isDropped: Uint8Array): Uint32Array {
  let kept = 0
  for (const flag of isDropped) kept += 1 - flag
  const index = new Uint32Array(kept)
  let next = 0
  for (let row = 0; row < isDropped.length; row += 1) {
    if (isDropped[row] === 0) {
      index[next] = row
      next += 1
    }
  }
  return index
}
