import { normalSf } from './normal-distribution'
import type { RankOrder } from './rank-order'
import type { TestResult } from './test-result'

/** What DeLong's method needs of one score. */
export interface RocPlacements {
  readonly area: number
  /**
   * By row: of a positive, the share of negatives that score below it, ties as one half; of a
   * negative, the share of positives that score above it.
   */
  readonly placements: Float64Array
}

/**
 * Placements of all rows from one sort: O(n log n) where the definition takes all pairs. Null
 * without positives or without negatives.
 *
 * @param isPositive by row, 1 or 0
 *
 * Source: X. Sun, W. Xu (2014), Fast implementation of DeLong's algorithm.
 */
export function rocPlacements(
  { order, endsTie }: RankOrder,
  isPositive: Uint8Array,
): RocPlacements | null {
  const rows = order.length
  let positives = 0
  for (let row = 0; row < rows; row += 1) positives += isPositive[row] as number
  const negatives = rows - positives
  if (positives === 0 || negatives === 0) return null
  const placements = new Float64Array(rows)
  let [positivesBelow, negativesBelow, start, doublePairs] = [0, 0, 0, 0]
  for (let place = 0; place < rows; place += 1) {
    if (endsTie[place] === 0) continue
    let tiedPositives = 0
    for (let at = start; at <= place; at += 1) {
      tiedPositives += isPositive[order[at] as number] as number
    }
    const tiedNegatives = place + 1 - start - tiedPositives
    const ofPositive = (negativesBelow + tiedNegatives / 2) / negatives
    const ofNegative = (positives - positivesBelow - tiedPositives / 2) / positives
    for (let at = start; at <= place; at += 1) {
      const row = order[at] as number
      placements[row] = isPositive[row] === 1 ? ofPositive : ofNegative
    }
    doublePairs += tiedPositives * (2 * negativesBelow + tiedNegatives)
    positivesBelow += tiedPositives
    negativesBelow += tiedNegatives
    start = place + 1
  }
  return { area: doublePairs / (2 * positives * negatives), placements }
}

/**
 * DeLong's covariance of two areas under the ROC curve over the same rows; of one area with itself,
 * its variance. Null with fewer than two positives or negatives.
 *
 * Source: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson (1988), Comparing the areas under two or
 * more correlated receiver operating characteristic curves. Cost: one pass.
 */
export function delongCovariance(
  first: RocPlacements,
  second: RocPlacements,
  isPositive: Uint8Array,
): number | null {
  const rows = isPositive.length
  const sums = [0, 0]
  const counts = [0, 0]
  for (let row = 0; row < rows; row += 1) {
    const side = isPositive[row] as number
    const one = (first.placements[row] as number) - first.area
    const other = (second.placements[row] as number) - second.area
    sums[side] = (sums[side] as number) + one * other
    counts[side] = (counts[side] as number) + 1
  }
  const [negatives = 0, positives = 0] = counts
  if (negatives < 2 || positives < 2) return null
  const [ofNegatives = 0, ofPositives = 0] = sums
  return ofPositives / (positives - 1) / positives + ofNegatives / (negatives - 1) / negatives
}

/**
 * DeLong's test whether two scores of the same rows have the same area under the ROC curve.
 * `statistic` is z of the first area minus the second. Where the difference cannot vary, as with one
 * score twice, equal areas give p = 1, and unequal ones no test.
 *
 * R: `pROC::roc.test(method="delong", paired=TRUE)`.
 */
export function delong(
  first: RocPlacements,
  second: RocPlacements,
  isPositive: Uint8Array,
): TestResult {
  const ofDifference = {
    area: first.area - second.area,
    placements: first.placements.map((value, row) => value - (second.placements[row] as number)),
  }
  const variance = delongCovariance(ofDifference, ofDifference, isPositive)
  if (variance === null) return { statistic: null, pValue: null }
  if (ofDifference.area === 0) return { statistic: 0, pValue: 1 }
  const z = ofDifference.area / Math.sqrt(variance)
  if (!Number.isFinite(z)) return { statistic: null, pValue: null }
  return { statistic: z, pValue: Math.min(1, 2 * normalSf(Math.abs(z))) }
}
