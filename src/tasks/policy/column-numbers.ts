import type { Dataset } from '../../core/dataset'

/** A numeric column of all chunks in one, NaN where missing; null for a column of texts or tensors. */
export function columnNumbers(dataset: Dataset, column: number): Float64Array | null {
  if (dataset.dictionaries[column] !== null) return null
  const values = new Float64Array(dataset.info.rows)
  for (const chunk of dataset.chunks) {
    const cells = chunk.columns[column]
    if (cells?.kind !== 'numeric') return null
    values.set(cells.values.subarray(0, chunk.rows), chunk.start)
  }
  return values
}
