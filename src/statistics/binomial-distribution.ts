import { deviancePart } from './deviance-part'
import { incompleteBeta } from './incomplete-beta'
import { stirlingError } from './stirling-error'

/**
 * P(K = k) of the successes in n trials of probability p. SciPy: `binom.pmf(k, n, p)`.
 * Source: C. Loader (2000), Fast and accurate computation of binomial probabilities.
 */
export function binomialPmf(k: number, n: number, p: number): number {
  if (k < 0 || k > n || !Number.isInteger(k)) return 0
  const q = 1 - p
  if (k === 0) return p < 0.1 ? Math.exp(n * Math.log1p(-p)) : q ** n
  if (k === n) return p ** n
  const stirling = stirlingError(n) - stirlingError(k) - stirlingError(n - k)
  const deviance = deviancePart(k, n * p) + deviancePart(n - k, n * q)
  return Math.exp(stirling - deviance) * Math.sqrt(n / (2 * Math.PI * k * (n - k)))
}

/** P(K ≤ k). SciPy: `binom.cdf(k, n, p)`. */
export function binomialCdf(k: number, n: number, p: number): number {
  const whole = Math.floor(k)
  if (whole < 0) return 0
  if (whole >= n) return 1
  return incompleteBeta(whole + 1, n - whole, p).upper
}
