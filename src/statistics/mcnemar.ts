import { binomialCdf, binomialPmf } from './binomial-distribution'
import type { TestResult } from './test-result'

/** With fewer discordant rows than this the test is exact, else mid-p. */
export const EXACT_BELOW = 25

/**
 * McNemar's test of two classifiers on the same rows: whether those that only one of them answered
 * right fall evenly to both. Exact binomial with fewer than {@link EXACT_BELOW} such rows, else
 * mid-p, which keeps closer to its level than the exact or the chi-squared form. Without such rows
 * p is 1.
 *
 * @param onlyFirst rows that the first alone answered right
 * @param onlySecond rows that the second alone answered right
 * @returns `statistic`: the smaller of the two, so that swapping the models changes nothing
 *
 * statsmodels: `mcnemar(table, exact=True)`, for the exact form.
 * Source: Q. McNemar (1947); M. W. Fagerland, S. Lydersen, P. Laake (2013), The McNemar test for
 * binary matched-pairs data: mid-p and asymptotic are better than exact conditional.
 */
export function mcnemar(
  onlyFirst: number,
  onlySecond: number,
): TestResult & { readonly isExact: boolean } {
  const discordant = onlyFirst + onlySecond
  const smaller = Math.min(onlyFirst, onlySecond)
  const isExact = discordant < EXACT_BELOW
  if (discordant === 0) return { statistic: 0, pValue: 1, isExact }
  const tail = 2 * binomialCdf(smaller, discordant, 0.5)
  const pValue = isExact ? tail : tail - binomialPmf(smaller, discordant, 0.5)
  return { statistic: smaller, pValue: Math.min(1, pValue), isExact }
}
