import { DISTINCT_CAP } from '../core/dataset'

/** Different values over all chunks, NaN left out, counted up to {@link DISTINCT_CAP}. −0 equals 0. */
export function countDistinct(chunks: readonly Float64Array[]): number {
  const seen = new Set<number>()
  for (const chunk of chunks) {
    for (const value of chunk) {
      if (Number.isNaN(value)) continue
      seen.add(value)
      if (seen.size >= DISTINCT_CAP) return DISTINCT_CAP
    }
  }
  return seen.size
}
