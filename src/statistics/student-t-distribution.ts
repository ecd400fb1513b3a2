import { incompleteBeta } from './incomplete-beta'

/**
 * P(T > t) of Student's t with `degrees` > 0 degrees of freedom; both tails keep their relative
 * precision. SciPy: `t.sf(t, degrees)`. Source: Abramowitz & Stegun 26.7.1.
 */
export function studentTSf(t: number, degrees: number): number {
  if (t === Infinity) return 0
  if (t === -Infinity) return 1
  const square = t * t
  const total = degrees + square
  const { lower, upper } = incompleteBeta(degrees / 2, 0.5, degrees / total, square / total)
  return t > 0 ? 0.5 * lower : 0.5 + 0.5 * upper
}

/** P(|T| ≥ |t|): the p-value of a two-sided t test. */
export function studentTTwoSided(t: number, degrees: number): number {
  return Math.min(1, 2 * studentTSf(Math.abs(t), degrees))
}
