/**
 * x ln(x / m) + m − x for positive x and m, without cancellation where they are close: the part of
 * a Poisson or binomial log density that grows with their distance.
 *
 * Source: C. Loader (2000), Fast and accurate computation of binomial probabilities.
 */
export function deviancePart(x: number, m: number): number {
  const difference = x - m
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * Math.log(x / m) - difference
  const ratio = difference / (x + m)
  let sum = difference * ratio
  let term = 2 * x * ratio
  const square = ratio * ratio
  for (let odd = 3; ; odd += 2) {
    term *= square
    const next = sum + term / odd
    if (next === sum) return sum
    sum = next
  }
}
