import type { Dataset } from '../core/dataset'
import { findPart } from './policy/propose-market'
import { readTimes } from './policy/read-times'

/**
 * The column, named like a time, whose values rise from each used row to the next; null where there
 * is none. Rows in the order of time are not independent of each other.
 * @param index rows of the dataset that are used, ascending; null for all
 */
export function timeColumn(dataset: Dataset, index: Uint32Array | null): string | null {
  const named = findPart('time', dataset.info.columns)
  if (named === null) return null
  const times = readTimes(dataset, dataset.info.columns.indexOf(named))
  if (!times.ok) return null
  const used =
    index === null ? times.value : Float64Array.from(index, (row) => times.value[row] as number)
  const isRising = used.subarray(1).every((time, place) => time > (used[place] as number))
  return isRising ? named.name : null
}
