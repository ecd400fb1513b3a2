import type { Dataset } from '../core/dataset'
import type { ChosenSample, RowSample } from '../core/row-choice'
import { RandomGenerator } from '../statistics/random-generator'
import { findPart } from './policy/propose-market'
import { readTimes } from './policy/read-times'

/**
 * Takes a sample of rows, in the order of the table.
 * @param index dataset row of each row that can be taken, rising
 */
export function sampleRows(
  dataset: Dataset,
  index: Uint32Array,
  { kind, rows }: RowSample,
  seed: number,
): { readonly index: Uint32Array; readonly sample: ChosenSample } {
  if (kind === 'first') {
    return { index: index.subarray(0, rows), sample: { kind, rows, seed: null, by: null } }
  }
  if (kind === 'random') {
    return { index: drawn(index, rows, seed), sample: { kind, rows, seed, by: null } }
  }
  const timed = timesOf(dataset, index)
  const taken =
    timed === null
      ? index.subarray(Math.max(0, index.length - rows))
      : latest(index, timed.times, rows)
  return { index: taken, sample: { kind, rows, seed: null, by: timed?.column ?? null } }
}

/**
 * Every subset of `rows` rows is equally likely, and comes out in order.
 * Source: D. Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S.
 */
function drawn(index: Uint32Array, rows: number, seed: number): Uint32Array {
  if (rows >= index.length) return index
  const generator = new RandomGenerator(seed)
  const taken = new Uint32Array(rows)
  for (let place = 0, count = 0; count < rows; place += 1) {
    if (generator.nextBelow(index.length - place) < rows - count) {
      taken[count] = index[place] as number
      count += 1
    }
  }
  return taken
}

/** Of rows of the same time the later ones of the table are taken. */
function latest(index: Uint32Array, times: Float64Array, rows: number): Uint32Array {
  if (rows >= index.length) return index
  const threshold = times.toSorted()[index.length - rows] as number
  let ties = rows - times.reduce((count, time) => count + Number(time > threshold), 0)
  const taken = new Uint32Array(rows)
  let free = rows
  for (let place = index.length - 1; free > 0; place -= 1) {
    const time = times[place] as number
    if (time < threshold || (time === threshold && ties === 0)) continue
    if (time === threshold) ties -= 1
    free -= 1
    taken[free] = index[place] as number
  }
  return taken
}

/** Null where no column is named like a time, or one of its cells cannot be read as one. */
function timesOf(
  dataset: Dataset,
  index: Uint32Array,
): { readonly column: string; readonly times: Float64Array } | null {
  const named = findPart(
    'time',
    dataset.info.columns.filter(({ type }) => type !== 'tensor'),
  )
  if (named === null) return null
  const times = readTimes(dataset, dataset.info.columns.indexOf(named))
  if (!times.ok) return null
  return {
    column: named.name,
    times: Float64Array.from(index, (row) => times.value[row] as number),
  }
}
