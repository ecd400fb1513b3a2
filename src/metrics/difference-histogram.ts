import type { DifferenceHistogram } from '../core/report'

/** Bins per power of ten. */
const PER_DECADE = 2
/** Differences so much smaller than the largest stand in the first bin. */
const DECADES = 12

/**
 * Rows by their largest difference, in bins of half a power of ten; those without any, and those
 * without a size (NaN against a number), apart. No bins where no row has a difference with a size.
 */
export function differenceHistogram(largest: Float64Array): DifferenceHistogram {
  let [identical, unsized] = [0, 0]
  let [low, high] = [Infinity, -Infinity]
  for (const difference of largest) {
    if (difference === 0) identical += 1
    else if (!Number.isFinite(difference)) unsized += 1
    else {
      low = Math.min(low, difference)
      high = Math.max(high, difference)
    }
  }
  if (low > high) return { edges: [], counts: [], identical, unsized }
  const last = binOf(high)
  const first = Math.max(binOf(low), last - DECADES * PER_DECADE + 1)
  const counts = Array.from({ length: last - first + 1 }, () => 0)
  for (const difference of largest) {
    if (difference === 0 || !Number.isFinite(difference)) continue
    const bin = Math.max(0, binOf(difference) - first)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const edges = Array.from({ length: counts.length + 1 }, (_, edge) => edgeOf(first + edge))
  return { edges, counts, identical, unsized }
}

/** The bin whose lower edge is included and whose upper edge is not. */
function binOf(difference: number): number {
  const guess = Math.floor(Math.log10(difference) * PER_DECADE)
  // The logarithm may round across an edge.
  if (difference < edgeOf(guess)) return guess - 1
  return difference >= edgeOf(guess + 1) ? guess + 1 : guess
}

/** As written: 0.001, and not the power that rounds to 0.0010000000000000002. */
function edgeOf(bin: number): number {
  const decade = Math.floor(bin / PER_DECADE)
  return bin === decade * PER_DECADE
    ? Number(`1e${String(decade)}`)
    : Number(`${String(Math.sqrt(10))}e${String(decade)}`)
}
