import { normalSf } from './normal-distribution'
import { rankOrder } from './rank-order'
import type { TestResult } from './test-result'

/** With more differences than this, or with ties, the normal approximation is used. */
const EXACT_UP_TO = 50

export interface SignedRankResult extends TestResult {
  /** Sum of the ranks of the positive differences minus that of the negative ones. */
  readonly balance: number
  readonly isExact: boolean
}

/**
 * Wilcoxon's signed-rank test whether paired differences lie evenly around 0. Differences of 0 are
 * left out. Exact with up to 50 differences that are all distinct in size; else the normal
 * approximation with the correction for ties and without one for continuity. Without differences
 * p is 1.
 *
 * @returns `statistic`: the smaller rank sum, so that swapping the models changes nothing
 *
 * SciPy: `wilcoxon(differences, zero_method="wilcox", correction=False)`, with `method="exact"` or
 * `"asymptotic"` as above. Source: F. Wilcoxon (1945), Individual comparisons by ranking methods.
 * Cost: one sort.
 */
export function wilcoxonSignedRank(differences: Float64Array): SignedRankResult {
  const given = differences.filter((value) => value !== 0)
  const n = given.length
  if (n === 0) return { statistic: 0, pValue: 1, balance: 0, isExact: true }
  if (given.some((value) => Number.isNaN(value))) {
    return { statistic: null, pValue: null, balance: 0, isExact: false }
  }
  const { positive, negative, tieTerm } = rankSums(given)
  const statistic = Math.min(positive, negative)
  const isExact = n <= EXACT_UP_TO && tieTerm === 0
  const pValue = isExact ? exactPValue(n, statistic) : normalPValue(n, statistic, tieTerm)
  return { statistic, pValue, balance: positive - negative, isExact }
}

/** Rank sums by sign, and Σ (t³ − t) over runs of t equal sizes. */
function rankSums(given: Float64Array): { positive: number; negative: number; tieTerm: number } {
  const { order, endsTie } = rankOrder(given.map((value) => Math.abs(value)))
  let [positive, negative, tieTerm, start] = [0, 0, 0, 0]
  for (let place = 0; place < order.length; place += 1) {
    if (endsTie[place] === 0) continue
    const rank = (start + 1 + place + 1) / 2
    const tied = place + 1 - start
    for (let at = start; at <= place; at += 1) {
      if ((given[order[at] as number] as number) > 0) positive += rank
      else negative += rank
    }
    tieTerm += tied ** 3 - tied
    start = place + 1
  }
  return { positive, negative, tieTerm }
}

/** Of the 2^n ways to give signs to the ranks 1 … n, the share whose sum is as small, twice. */
function exactPValue(n: number, statistic: number): number {
  const ways = new Float64Array((n * (n + 1)) / 2 + 1)
  ways[0] = 1
  for (let rank = 1; rank <= n; rank += 1) {
    for (let sum = (rank * (rank + 1)) / 2; sum >= rank; sum -= 1) {
      ways[sum] = (ways[sum] as number) + (ways[sum - rank] as number)
    }
  }
  let asSmall = 0
  for (let sum = 0; sum <= statistic; sum += 1) asSmall += ways[sum] as number
  return Math.min(1, (2 * asSmall) / 2 ** n)
}

function normalPValue(n: number, statistic: number, tieTerm: number): number {
  const mean = (n * (n + 1)) / 4
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieTerm / 48
  return Math.min(1, 2 * normalSf((mean - statistic) / Math.sqrt(variance)))
}
