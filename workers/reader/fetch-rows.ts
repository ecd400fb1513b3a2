import type { Dataset } from '../../src/core/dataset'
import type { Failure } from '../../src/core/failure'

/**
 * Makes the used rows `start` … `end − 1` of a dataset ready to be read, where that takes time.
 * @param index dataset row of each used row, rising; null where every row is used
 */
export async function fetchRows(
  dataset: Dataset,
  index: Uint32Array | null,
  start: number,
  end: number,
): Promise<Failure | null> {
  if (dataset.fetch === undefined || start < 0 || start >= end) return null
  if (index === null) return dataset.fetch(start, Math.min(end, dataset.info.rows))
  const last = index[Math.min(end, index.length) - 1]
  return last === undefined ? null : dataset.fetch(index[start] ?? 0, last + 1)
}
