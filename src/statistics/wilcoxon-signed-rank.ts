import { normalSf } from './normal-distribution'
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
  const sizes = sortedSizes(differences)
  if (sizes === null) return { statistic: null, pValue: null, balance: 0, isExact: false }
  const n = sizes.positive.length + sizes.negative.length
  if (n === 0) return { statistic: 0, pValue: 1, balance: 0, isExact: true }
  const { positive, negative, tieTerm } = rankSums(sizes)
  const statistic = Math.min(positive, negative)
  const isExact = n <= EXACT_UP_TO && tieTerm === 0
  const pValue = isExact ? exactPValue(n, statistic) : normalPValue(n, statistic, tieTerm)
  return { statistic, pValue, balance: positive - negative, isExact }
}

interface SignedSizes {
  /** Rising. */
  readonly positive: Float64Array
  /** Rising, without the sign. */
  readonly negative: Float64Array
}

/** Sizes of the differences that are not 0, by sign, in one array: of many rows no more has room. */
function sortedSizes(differences: Float64Array): SignedSizes | null {
  const sizes = new Float64Array(differences.length)
  let [low, high] = [0, sizes.length]
  for (const value of differences) {
    if (Number.isNaN(value)) return null
    if (value > 0) sizes[low++] = value
    else if (value < 0) sizes[--high] = -value
  }
  return { positive: sizes.subarray(0, low).sort(), negative: sizes.subarray(high).sort() }
}

/** Rank sums by sign, and Σ (t³ − t) over runs of t equal sizes. */
function rankSums({ positive: ups, negative: downs }: SignedSizes) {
  let [positive, negative, tieTerm] = [0, 0, 0]
  for (let [up, down] = [0, 0]; up < ups.length || down < downs.length;) {
    const size = Math.min(ups[up] ?? Infinity, downs[down] ?? Infinity)
    const [upEnd, downEnd] = [endOfRun(ups, up, size), endOfRun(downs, down, size)]
    const tied = upEnd - up + downEnd - down
    const rank = up + down + (1 + tied) / 2
    positive += (upEnd - up) * rank
    negative += (downEnd - down) * rank
    tieTerm += tied ** 3 - tied
    ;[up, down] = [upEnd, downEnd]
  }
  return { positive, negative, tieTerm }
}

function endOfRun(sorted: Float64Array, start: number, size: number): number {
  let end = start
  while (end < sorted.length && sorted[end] === size) end += 1
  return end
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
