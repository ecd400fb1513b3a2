const ASYMPTOTIC_FROM = 16

/**
 * What Stirling's formula misses of ln Γ(z + 1): ln Γ(z + 1) − [(z + ½) ln z − z + ½ ln 2π], for
 * z > 0, to an absolute error of some 1e-16. Densities written with it lose no digits to the
 * difference of two large logarithms of Γ.
 *
 * Source: C. Loader (2000), Fast and accurate computation of binomial probabilities.
 */
export function stirlingError(z: number): number {
  let recurrence = 0
  let argument = z
  for (; argument < ASYMPTOTIC_FROM; argument += 1) {
    recurrence += (argument + 0.5) * Math.log1p(1 / argument) - 1
  }
  const square = argument * argument
  const tail = 1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square
  return recurrence + (1 / 12 - (1 / 360 - tail / square) / square) / argument
}
