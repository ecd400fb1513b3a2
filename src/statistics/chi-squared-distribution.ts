import { incompleteGamma } from './incomplete-gamma'

/** P(X > x) of chi-squared with `degrees` > 0 degrees of freedom. SciPy: `chi2.sf(x, degrees)`. */
export function chiSquaredSf(x: number, degrees: number): number {
  return incompleteGamma(degrees / 2, Math.max(0, x) / 2).upper
}

/** P(X ≤ x). SciPy: `chi2.cdf(x, degrees)`. */
export function chiSquaredCdf(x: number, degrees: number): number {
  return incompleteGamma(degrees / 2, Math.max(0, x) / 2).lower
}
