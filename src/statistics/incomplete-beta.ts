import { deviancePart } from './deviance-part'
import { stirlingError } from './stirling-error'

const SMALLEST = 1e-300

/**
 * The regularized incomplete beta functions: `lower` is I_x(a, b), the probability that a
 * Beta(a, b) variable is at most x, and `upper` is 1 − I_x(a, b). The smaller of the two is the one
 * computed, so both tails keep their relative precision. For a, b > 0; NaN unless 0 ≤ x ≤ 1.
 *
 * @param complement 1 − x, where the caller knows it to more digits than the subtraction gives
 *
 * SciPy: `betainc(a, b, x)`, `betaincc(a, b, x)`.
 * Cost: of the order of √max(a, b) steps where x is near the mean, fewer elsewhere.
 */
export function incompleteBeta(
  a: number,
  b: number,
  x: number,
  complement = 1 - x,
): { lower: number; upper: number } {
  if (!(a > 0 && b > 0 && x >= 0 && complement >= 0)) return { lower: NaN, upper: NaN }
  if (x === 0) return { lower: 0, upper: 1 }
  if (complement === 0) return { lower: 1, upper: 0 }
  const kernel = betaKernel(a, b, x, complement)
  if (x * (a + b + 2) < a + 1) {
    const lower = kernel / continuedFraction(a, b, x, complement)
    return { lower, upper: 1 - lower }
  }
  const upper = kernel / continuedFraction(b, a, complement, x)
  return { lower: 1 - upper, upper }
}

/** x^a (1 − x)^b / B(a, b), as a saddle point: no difference of large logarithms. */
function betaKernel(a: number, b: number, x: number, complement: number): number {
  const n = a + b
  const stirling = stirlingError(n) - stirlingError(a) - stirlingError(b)
  const deviance = deviancePart(a, n * x) + deviancePart(b, n * complement)
  return Math.exp(stirling - deviance) * Math.sqrt(((a / n) * b) / (2 * Math.PI))
}

/**
 * kernel / I_x(a, b), by Lentz's method; converges fast for x below (a + 1) / (a + b + 2). Every
 * second step of the classical fraction, which loses digits to cancellation where x is near 1.
 *
 * Source: A. R. DiDonato, A. H. Morris (1992), Algorithm 708, BFRAC.
 */
function continuedFraction(a: number, b: number, x: number, complement: number): number {
  const beyond = a * complement - b * x + 1
  let value = nonZero((a * beyond) / (a + 1))
  let c = value
  let d = 0
  for (let step = 1; ; step += 1) {
    const place = a + 2 * step - 1
    const share = (step * (b - step) * x) / place
    const numerator = (share * (a + step - 1) * (a + b + step - 1) * x) / place
    const denominator =
      step + share + ((a + step) * (beyond + step * (1 + complement))) / (place + 2)
    d = 1 / nonZero(denominator + numerator * d)
    c = nonZero(denominator + numerator / c)
    const factor = c * d
    value *= factor
    if (Math.abs(factor - 1) < 2 * Number.EPSILON) return value
  }
}

function nonZero(value: number): number {
  return Math.abs(value) < SMALLEST ? SMALLEST : value
}
