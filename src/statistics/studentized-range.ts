import { normalCdf, normalDensity } from './normal-distribution'

/** The normal density is below 1e-18 beyond. */
const FARTHEST = 9
/** The trapezoid rule on a smooth integrand that dies off on both sides: exact to rounding. */
const STEP = 1 / 16

/**
 * P(the range of `groups` standard normal variables ≤ q): the studentized range distribution with
 * infinite degrees of freedom. Absolute error below 1e-13.
 *
 * SciPy: `studentized_range.cdf(q, groups, inf)`. Source: H. L. Harter (1960), Annals of Mathematical
 * Statistics 31(4), 1122–1147. Cost: 289 normal probabilities.
 */
export function studentizedRangeCdf(q: number, groups: number): number {
  if (!(q > 0)) return 0
  let sum = 0
  for (let z = -FARTHEST; z <= FARTHEST; z += STEP) {
    // The largest lies at z and the others within q below it, taken on the side that keeps digits.
    const within = z > 0 ? normalCdf(q - z) - normalCdf(-z) : normalCdf(z) - normalCdf(z - q)
    sum += normalDensity(z) * within ** (groups - 1)
  }
  return Math.min(1, groups * STEP * sum)
}

/**
 * The q that the range is below with the given probability, 0 < probability < 1.
 *
 * SciPy: `studentized_range.ppf(probability, groups, inf)`.
 */
export function studentizedRangeQuantile(probability: number, groups: number): number {
  let low = 0
  let high = 1
  while (studentizedRangeCdf(high, groups) < probability && high < 64) high *= 2
  while (high - low > 1e-12 * high) {
    const middle = (low + high) / 2
    if (studentizedRangeCdf(middle, groups) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
