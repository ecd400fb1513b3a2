import { deviancePart } from './deviance-part'
import { stirlingError } from './stirling-error'

const SMALLEST = 1e-300

/**
 * The regularized incomplete gamma functions: `lower` is P(a, x), the probability that a Γ(a)
 * variable is at most x, and `upper` is 1 − P(a, x). The smaller of the two is the one computed, so
 * both tails keep their relative precision down to the smallest double. NaN unless a > 0 and x ≥ 0.
 *
 * SciPy: `gammainc(a, x)`, `gammaincc(a, x)`. Source: Abramowitz & Stegun 6.5.29 and 6.5.31.
 * Cost: of the order of √a steps where x is near a, fewer elsewhere.
 */
export function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(a > 0 && x >= 0)) return { lower: NaN, upper: NaN }
  if (x === 0) return { lower: 0, upper: 1 }
  if (x === Infinity) return { lower: 1, upper: 0 }
  if (x < a + 1) {
    const lower = gammaKernel(a, x) * lowerSeries(a, x)
    return { lower, upper: 1 - lower }
  }
  const upper = gammaKernel(a, x) * a * upperFraction(a, x)
  return { lower: 1 - upper, upper }
}

/** x^a e^−x / Γ(a + 1): the density of a Poisson variable of mean x, at a. */
function gammaKernel(a: number, x: number): number {
  return Math.exp(-stirlingError(a) - deviancePart(a, x)) / Math.sqrt(2 * Math.PI * a)
}

function lowerSeries(a: number, x: number): number {
  let sum = 1
  let term = 1
  for (let step = 1; ; step += 1) {
    term *= x / (a + step)
    const next = sum + term
    if (next === sum) return sum
    sum = next
  }
}

/** Γ(a, x) / (x^a e^−x) as a continued fraction, by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / SMALLEST
  let d = 1 / b
  let value = d
  for (let step = 1; ; step += 1) {
    const numerator = step * (a - step)
    b += 2
    d = 1 / nonZero(numerator * d + b)
    c = nonZero(b + numerator / c)
    const factor = c * d
    value *= factor
    if (Math.abs(factor - 1) < Number.EPSILON) return value
  }
}

function nonZero(value: number): number {
  return Math.abs(value) < SMALLEST ? SMALLEST : value
}
