import type { TestResult } from './test-result'

/**
 * Two-sided p-value of a difference from its bootstrap figures: twice the smaller share on either
 * side of 0, each with one added so that it is never 0. `statistic` is null: the test has none. NaN
 * figures are left out; without figures there is no test.
 *
 * Source: B. Efron, R. J. Tibshirani (1993), An introduction to the bootstrap, 15.4, with the
 * counts of A. C. Davison, D. V. Hinkley (1997), (4.11).
 */
export function bootstrapTest(differences: Float64Array): TestResult {
  let [defined, upTo, from] = [0, 0, 0]
  for (const difference of differences) {
    if (Number.isNaN(difference)) continue
    defined += 1
    if (difference <= 0) upTo += 1
    if (difference >= 0) from += 1
  }
  if (defined === 0) return { statistic: null, pValue: null }
  return { statistic: null, pValue: Math.min(1, (2 * (1 + Math.min(upTo, from))) / (defined + 1)) }
}
