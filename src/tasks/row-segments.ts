import type { Dataset, DatasetChunk } from '../core/dataset'

/** Used rows `from` … `to − 1` lie in one chunk of the dataset. */
export interface RowSegment {
  readonly chunk: DatasetChunk
  readonly from: number
  readonly to: number
}

/**
 * Cuts the used rows `start` … `end − 1` at the chunks of the dataset.
 * @param index dataset row of each used row, rising; null where every row is used
 */
export function rowSegments(
  dataset: Dataset,
  index: Uint32Array | null,
  start: number,
  end: number,
): RowSegment[] {
  const segments: RowSegment[] = []
  let from = start
  let next = firstChunk(dataset, index === null ? start : (index[start] ?? 0))
  while (from < end) {
    const chunk = dataset.chunks[next]
    if (chunk === undefined) throw new RangeError('rows outside of the dataset')
    const limit = chunk.start + chunk.rows
    const to = index === null ? Math.min(end, limit) : firstAtLeast(index, limit, from, end)
    if (to > from) segments.push({ chunk, from, to })
    from = to
    next += 1
  }
  return segments
}

/** Index of the chunk that holds a dataset row. */
function firstChunk(dataset: Dataset, row: number): number {
  let low = 0
  let high = dataset.chunks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const chunk = dataset.chunks[middle]
    if (chunk !== undefined && chunk.start + chunk.rows <= row) low = middle + 1
    else high = middle
  }
  return low
}

function firstAtLeast(index: Uint32Array, row: number, from: number, to: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((index[middle] ?? 0) < row) low = middle + 1
    else high = middle
  }
  return low
}
