import type { Direction, MetricValue } from '../core/metric'
import { chiSquaredSf } from './chi-squared-distribution'
import { incompleteBeta } from './incomplete-beta'
import { rowRanks } from './row-ranks'
import type { TestResult } from './test-result'

export interface FriedmanTest {
  /** Windows in which every model has a score; the others are left out. */
  readonly windows: number
  /** Of each model over these windows; 1 is best. */
  readonly averageRanks: readonly number[]
  /** Against chi-squared with models − 1 degrees of freedom: careful with few windows. */
  readonly chiSquared: TestResult
  /**
   * Iman and Davenport's statistic against F with models − 1 and (models − 1)·(windows − 1) degrees of
   * freedom: the one to use. The statistic is null where it is infinite, when all windows agree.
   */
  readonly imanDavenport: TestResult
}

/**
 * Do any of the models differ, over windows in which all of them were scored? Compares average ranks,
 * with the correction for ties. `scores[m][w]` is the score of model m in window w. No p-value is
 * smaller than 1 / (models!)^(windows − 1), the chance that all windows agree by luck. Where every
 * window is a tie, the statistics are 0 and the p-values 1. Null with fewer than two models or windows.
 *
 * SciPy: `friedmanchisquare`. M. Friedman (1937); R. L. Iman & J. M. Davenport (1980),
 * Communications in Statistics A9, 571–595; J. Demšar (2006), Statistical comparisons of classifiers
 * over multiple data sets, Journal of Machine Learning Research 7, 1–30.
 */
export function friedmanTest(
  scores: readonly (readonly MetricValue[])[],
  direction: Direction,
): FriedmanTest | null {
  const models = scores.length
  const rows = completeWindows(scores)
  const windows = rows.length
  if (models < 2 || windows < 2) return null

  const rankSums = new Float64Array(models)
  let tied = 0
  for (const row of rows) {
    const { ranks, tiedCubes } = rowRanks(row, direction)
    ranks.forEach((rank, model) => (rankSums[model] = (rankSums[model] as number) + rank))
    tied += tiedCubes
  }
  const averageRanks = Array.from(rankSums, (sum) => sum / windows)
  const untied = 1 - tied / (windows * models * (models ** 2 - 1))
  if (untied === 0) {
    const nothing = { statistic: 0, pValue: 1 }
    return { windows, averageRanks, chiSquared: nothing, imanDavenport: nothing }
  }

  const middle = (models + 1) / 2
  const spread = averageRanks.reduce((sum, rank) => sum + (rank - middle) ** 2, 0)
  const chiSquared = (12 * windows * spread) / (models * (models + 1)) / untied
  const luck = smallestP(models, windows)
  const f = imanDavenport(chiSquared, models, windows)
  const degrees = models - 1
  return {
    windows,
    averageRanks,
    chiSquared: {
      statistic: chiSquared,
      pValue: Math.max(luck, chiSquaredSf(chiSquared, degrees)),
    },
    imanDavenport: {
      statistic: Number.isFinite(f) ? f : null,
      pValue: Math.max(luck, fSf(f, degrees, degrees * (windows - 1))),
    },
  }
}

function completeWindows(scores: readonly (readonly MetricValue[])[]): number[][] {
  const windows = Math.min(...scores.map((ofModel) => ofModel.length))
  const rows = Array.from({ length: Number.isFinite(windows) ? windows : 0 }, (_, window) =>
    scores.map((ofModel) => ofModel[window] ?? NaN),
  )
  return rows.filter((row) => row.every((score) => !Number.isNaN(score)))
}

function imanDavenport(chiSquared: number, models: number, windows: number): number {
  const most = windows * (models - 1)
  // Rounding may leave a little of nothing where all windows agree.
  const left = most - chiSquared
  return left <= 1e-12 * most ? Infinity : ((windows - 1) * chiSquared) / left
}

/** P(F > f) of an F distribution. Source: Abramowitz & Stegun 26.6.2. */
function fSf(f: number, numerator: number, denominator: number): number {
  if (f === Infinity) return 0
  const total = denominator + numerator * f
  const below = denominator / total
  return incompleteBeta(denominator / 2, numerator / 2, below, (numerator * f) / total).lower
}

function smallestP(models: number, windows: number): number {
  let orders = 1
  for (let factor = 2; factor <= models; factor += 1) orders *= factor
  return orders ** (1 - windows)
}
