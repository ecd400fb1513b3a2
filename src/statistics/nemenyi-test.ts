import { studentizedRangeCdf, studentizedRangeQuantile } from './studentized-range'

/**
 * Nemenyi's critical difference: two of `models` models differ at level `alpha` (of the whole family
 * of pairs) when their average ranks over `windows` windows are at least this far apart.
 *
 * P. B. Nemenyi (1963); J. Demšar (2006), Statistical comparisons of classifiers over multiple data
 * sets, Journal of Machine Learning Research 7, 1–30, section 3.2.2.
 */
export function nemenyiCriticalDifference(models: number, windows: number, alpha: number): number {
  return studentizedRangeQuantile(1 - alpha, models) * rankUnit(models, windows)
}

/** The p-value of two average ranks this far apart, adjusted for all pairs of models. */
export function nemenyiPValue(rankDifference: number, models: number, windows: number): number {
  return 1 - studentizedRangeCdf(Math.abs(rankDifference) / rankUnit(models, windows), models)
}

/** The standard error of the difference of two average ranks, ÷ √2. */
function rankUnit(models: number, windows: number): number {
  return Math.sqrt((models * (models + 1)) / (12 * windows))
}
