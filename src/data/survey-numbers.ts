import { DISTINCT_CAP, type ColumnChunk } from '../core/dataset'

/** What is said of a column of numbers. */
export interface NumberSurvey {
  readonly missing: number
  readonly present: number
  readonly infinite: number
  /** Whether every number is a whole one within ±(2^53 − 1). */
  readonly isInteger: boolean
  /** Different numbers, counted up to {@link DISTINCT_CAP}; −0 equals 0. */
  readonly distinct: number
}

/** Looks at all numbers of a column in one pass, as they may have to be fetched. */
export function surveyNumbers(chunks: readonly ColumnChunk[]): NumberSurvey {
  const seen = new Set<number>()
  let [missing, present, infinite, isInteger] = [0, 0, 0, true]
  for (const chunk of chunks) {
    if (chunk.kind !== 'numeric') continue
    for (const value of chunk.values) {
      if (Number.isNaN(value)) {
        missing += 1
        continue
      }
      present += 1
      if (isInteger && !Number.isSafeInteger(value)) isInteger = false
      if (value === Infinity || value === -Infinity) infinite += 1
      if (seen.size < DISTINCT_CAP) seen.add(value)
    }
  }
  return { missing, present, infinite, isInteger, distinct: seen.size }
}
