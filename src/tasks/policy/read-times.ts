import type { Dataset } from '../../core/dataset'
import { quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'
import { formatCount } from '../../core/format'
import { columnNumbers } from './column-numbers'
import { parseTime } from './parse-time'

/** Largest count since 1970 in each unit that lies before the year 5138, by factor to milliseconds. */
const EPOCHS: readonly (readonly [limit: number, milliseconds: number])[] = [
  [1e11, 1000],
  [1e14, 1],
  [1e17, 1e-3],
  [1e20, 1e-6],
]
/** Seconds of 3 March 1973; smaller numbers are more likely row numbers. */
const FIRST_EPOCH = 1e8

/**
 * A column of times as milliseconds since 1970 (UTC): texts as {@link parseTime} reads them, numbers
 * as seconds, milliseconds, microseconds or nanoseconds since 1970 (told by their size) or as
 * YYYYMMDD. Fails with the first row that cannot be read.
 */
export function readTimes(dataset: Dataset, column: number): Outcome<Float64Array> {
  const name = dataset.info.columns[column]?.name ?? ''
  const dictionary = dataset.dictionaries[column] ?? null
  const times =
    dictionary === null
      ? timesOfNumbers(
          columnNumbers(dataset, column) ?? new Float64Array(dataset.info.rows).fill(NaN),
        )
      : timesOfTexts(dataset, column, dictionary)
  const bad = times.findIndex((time) => !Number.isFinite(time))
  if (bad === -1) return success(times)
  return failed(
    'data-malformed',
    `Row ${formatCount(bad + 1)} of the time column ${quoted(name)} holds no time that can be read.`,
    'Write times as 2024-01-31T09:30:00Z or as seconds since 1970, or map no time column.',
  )
}

function timesOfTexts(
  dataset: Dataset,
  column: number,
  dictionary: readonly string[],
): Float64Array {
  const parsed = Float64Array.from(dictionary, parseTime)
  const times = new Float64Array(dataset.info.rows).fill(NaN)
  for (const chunk of dataset.chunks) {
    const cells = chunk.columns[column]
    if (cells?.kind !== 'text') continue
    const { codes } = cells
    for (let row = 0; row < chunk.rows; row += 1) {
      times[chunk.start + row] = parsed[codes[row] as number] ?? NaN
    }
  }
  return times
}

function timesOfNumbers(values: Float64Array): Float64Array {
  const dates = values.map(dateOfDigits)
  if (dates.every(Number.isFinite)) return dates
  let largest = 0
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value)
  const factor = EPOCHS.find(([limit]) => largest < limit)?.[1]
  if (largest < FIRST_EPOCH || factor === undefined) return values.map(() => NaN)
  return values.map((value) => value * factor)
}

/** 20240131 as a date; NaN for any other number. */
function dateOfDigits(value: number): number {
  return value >= 1e7 && value < 1e8 && Number.isInteger(value) ? parseTime(String(value)) : NaN
}
