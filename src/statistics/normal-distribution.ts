import { incompleteGamma } from './incomplete-gamma'

/** Density of the standard normal distribution. SciPy: `norm.pdf`. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
}

/**
 * P(Z ≤ z) of a standard normal Z. The lower tail keeps its relative precision (some 1e-13) to
 * z = −37.5. SciPy: `norm.cdf`.
 */
export function normalCdf(z: number): number {
  return normalSf(-z)
}

/**
 * P(Z > z) of a standard normal Z. The upper tail keeps its relative precision (some 1e-13) to
 * z = 37.5. SciPy: `norm.sf`.
 */
export function normalSf(z: number): number {
  const { lower, upper } = incompleteGamma(0.5, 0.5 * z * z)
  return z > 0 ? 0.5 * upper : 0.5 + 0.5 * lower
}

/**
 * The z that a standard normal variable is below with the given probability; −Infinity at 0,
 * Infinity at 1, NaN outside. For an upper tail p near 0 take `-normalQuantile(p)`, which keeps the
 * digits that 1 − p loses. SciPy: `norm.ppf`.
 *
 * Source: a start from Abramowitz & Stegun 26.2.23, then Halley's steps on the cdf.
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) return NaN
  if (probability > 0.5) return -lowerQuantile(1 - probability)
  return lowerQuantile(probability)
}

function lowerQuantile(probability: number): number {
  if (probability === 0) return -Infinity
  if (probability === 0.5) return 0
  let z = roughLowerQuantile(probability)
  for (let step = 0; step < 10; step += 1) {
    const error = (normalCdf(z) - probability) / normalDensity(z)
    const move = error / (1 + 0.5 * z * error)
    z -= move
    if (Math.abs(move) < 1e-9 * Math.abs(z)) break
  }
  return z
}

/** Absolute error below 4.5e-4. */
function roughLowerQuantile(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability))
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328)
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  return numerator / denominator - t
}
