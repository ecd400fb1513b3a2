import { DISTINCT_CAP, type ColumnChunk } from '../core/dataset'

/** Different numbers over all chunks, NaN left out, counted up to {@link DISTINCT_CAP}. −0 equals 0. */
export function countDistinct(chunks: readonly ColumnChunk[]): number {
  const seen = new Set<number>()
  for (const chunk of chunks) {
    if (chunk.kind !== 'numeric') continue
    for (const value of chunk.values) {
      if (Number.isNaN(value)) continue
      seen.add(value)
      if (seen.size >= DISTINCT_CAP) return DISTINCT_CAP
    }
  }
  return seen.size
}
