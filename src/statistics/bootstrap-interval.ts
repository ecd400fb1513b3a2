import type { Interval } from '../core/comparison'
import { normalCdf, normalQuantile } from './normal-distribution'
import { sortedQuantile } from './sorted-quantile'

const TAIL = 0.025

/** Of the range of figures: closer ones count as equal. */
const TIE_SHARE = 1e-9

/** Resamples in which a figure may be undefined before it has no interval: one class only, say. */
const MOST_UNDEFINED = 0.05

/**
 * The 95 % percentile interval of bootstrap figures, in any order. NaN figures are left out; null
 * where more than one in twenty is NaN.
 *
 * Source: B. Efron, R. J. Tibshirani (1993), An introduction to the bootstrap, chapter 13.
 */
export function percentileInterval(figures: Float64Array): Interval | null {
  const sorted = definedSorted(figures)
  return sorted === null ? null : [sortedQuantile(sorted, TAIL), sortedQuantile(sorted, 1 - TAIL)]
}

/**
 * The 95 % BCa interval: percentiles moved for the bias of the resamples and for how the spread
 * changes with the figure. Where it is undefined, as with figures that are all on one side of the
 * estimate, the percentile interval.
 *
 * @param acceleration that of `meanAcceleration` over the rows
 *
 * SciPy: `bootstrap(..., method="BCa")`. Source: B. Efron, R. J. Tibshirani (1993), chapter 14.
 */
export function bcaInterval(
  figures: Float64Array,
  estimate: number,
  acceleration: number,
): Interval | null {
  const sorted = definedSorted(figures)
  if (sorted === null) return null
  // Figures of counts differ in steps; two that are one and the same may differ by rounding.
  const tie = TIE_SHARE * ((sorted.at(-1) ?? 0) - (sorted[0] ?? 0))
  let [below, upTo] = [0, 0]
  for (const figure of sorted) {
    if (figure < estimate - tie) below += 1
    if (figure <= estimate + tie) upTo += 1
  }
  const bias = normalQuantile((below + upTo) / (2 * sorted.length))
  const share = (tail: number): number => {
    const moved = bias + normalQuantile(tail)
    return normalCdf(bias + moved / (1 - acceleration * moved))
  }
  const [low, high] = [share(TAIL), share(1 - TAIL)]
  if (!(low > 0 && high < 1 && low < high)) {
    return [sortedQuantile(sorted, TAIL), sortedQuantile(sorted, 1 - TAIL)]
  }
  return [sortedQuantile(sorted, low), sortedQuantile(sorted, high)]
}

function definedSorted(figures: Float64Array): Float64Array | null {
  const sorted = figures.filter((figure) => !Number.isNaN(figure)).sort()
  const undefinedShare = 1 - sorted.length / figures.length
  return sorted.length === 0 || undefinedShare > MOST_UNDEFINED ? null : sorted
}
