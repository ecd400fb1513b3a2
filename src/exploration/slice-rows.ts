import type { SliceRange } from '../core/exploration'
import type { FieldColumn } from './field-column'

/** Texts that get a slice each, the most frequent first. */
const TOP_TEXTS = 10
/** Up to this many different numbers get a slice each. */
const MOST_NUMBERS = 10
/** Parts of other numbers, of about as many rows each. */
const PARTS = 5

/** Rows of a column that have something in common. */
export interface SlicedRows {
  readonly range: SliceRange
  readonly rows: Uint32Array
}

/**
 * Parts all rows by the values of a column: texts by value, with the rarer ones together; few
 * different numbers by value, more in five parts of about as many rows; missing ones apart. Null where that gives one part.
 */
export function sliceRows(column: FieldColumn, rows: number): readonly SlicedRows[] | null {
  const { bins, ranges } =
    column.kind === 'text' ? binTexts(column, rows) : binNumbers(column.values, rows)
  const slices = gather(bins, ranges)
  return slices.length < 2 ? null : slices
}

interface Bins {
  /** By row: place in `ranges`. */
  readonly bins: Uint8Array
  readonly ranges: readonly SliceRange[]
}

const MISSING: SliceRange = { kind: 'missing' }

function binTexts(
  { codes, dictionary }: Extract<FieldColumn, { kind: 'text' }>,
  rows: number,
): Bins {
  const counts = new Uint32Array(dictionary.length)
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1
  const used = Array.from(counts.keys()).filter((code) => counts[code] !== 0)
  used.sort((one, other) => (counts[other] as number) - (counts[one] as number))
  // A rest of one value is better called by its name.
  const top = used.slice(0, used.length === TOP_TEXTS + 1 ? TOP_TEXTS + 1 : TOP_TEXTS)
  const rest = used.length - top.length
  const binOf = new Uint8Array(dictionary.length).fill(top.length)
  for (const [bin, code] of top.entries()) binOf[code] = bin
  const missing = top.length + 1
  const bins = new Uint8Array(rows)
  for (let row = 0; row < rows; row += 1) {
    const code = codes[row] ?? -1
    bins[row] = code < 0 ? missing : (binOf[code] as number)
  }
  const named = top.map((code): SliceRange => ({ kind: 'text', text: dictionary[code] ?? '' }))
  return { bins, ranges: [...named, { kind: 'rest', values: rest }, MISSING] }
}

function binNumbers(values: ArrayLike<number>, rows: number): Bins {
  const present = new Float64Array(rows)
  let count = 0
  for (let row = 0; row < rows; row += 1) {
    const value = values[row] ?? NaN
    if (!Number.isNaN(value)) present[count++] = value + 0
  }
  const sorted = present.subarray(0, count).sort()
  const distinct = firstDistinct(sorted, MOST_NUMBERS + 1)
  const isByValue = distinct.length <= MOST_NUMBERS
  const starts = isByValue ? distinct : partStarts(sorted)
  const bins = new Uint8Array(rows)
  const lows = starts.map(() => Infinity)
  const highs = starts.map(() => -Infinity)
  for (let row = 0; row < rows; row += 1) {
    const value = values[row] ?? NaN
    const bin = Number.isNaN(value) ? starts.length : binOf(starts, value)
    bins[row] = bin
    if (value < (lows[bin] ?? -Infinity)) lows[bin] = value
    if (value > (highs[bin] ?? Infinity)) highs[bin] = value
  }
  const ranges = starts.map((value, bin): SliceRange => {
    const [low, high] = [lows[bin] ?? value, highs[bin] ?? value]
    return low === high ? { kind: 'number', value: low } : { kind: 'range', low, high }
  })
  return { bins, ranges: [...ranges, MISSING] }
}

function firstDistinct(sorted: Float64Array, limit: number): number[] {
  const distinct: number[] = []
  for (const value of sorted) {
    if (distinct.length === limit) break
    if (value !== distinct.at(-1)) distinct.push(value)
  }
  return distinct
}

/**
 * Where each part begins. A value that takes up a part or more is one by itself; a last part of less
 * than half the rows of others belongs to the one before.
 */
function partStarts(sorted: Float64Array): number[] {
  const starts: number[] = []
  const size = sorted.length / PARTS
  let [held, isAlone, start] = [0, false, 0]
  while (start < sorted.length) {
    const value = sorted[start] as number
    let end = start + 1
    while (end < sorted.length && sorted[end] === value) end += 1
    const isHeavy = end - start >= size
    const isTail = sorted.length - start < size / 2 && !isAlone
    if (starts.length === 0 || isHeavy || isAlone || (held >= size && !isTail)) {
      starts.push(value)
      held = 0
    }
    held += end - start
    isAlone = isHeavy
    start = end
  }
  return starts
}

function binOf(starts: readonly number[], value: number): number {
  let bin = starts.length - 1
  while (bin > 0 && value < (starts[bin] as number)) bin -= 1
  return bin
}

function gather(bins: Uint8Array, ranges: readonly SliceRange[]): readonly SlicedRows[] {
  const counts = ranges.map(() => 0)
  for (const bin of bins) counts[bin] = (counts[bin] ?? 0) + 1
  const members = counts.map((count) => new Uint32Array(count))
  const next = ranges.map(() => 0)
  for (let row = 0; row < bins.length; row += 1) {
    const bin = bins[row] as number
    const place = next[bin] as number
    ;(members[bin] as Uint32Array)[place] = row
    next[bin] = place + 1
  }
  return ranges.flatMap((range, bin) => {
    const rows = members[bin] as Uint32Array
    return rows.length === 0 ? [] : [{ range, rows }]
  })
}
