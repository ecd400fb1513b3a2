import { compensatedSum } from './compensated-sum'

/**
 * √(term(0)² + … + term(rows − 1)²), scaled by the largest term so that no square overflows or
 * vanishes. Exactly 0 only where all terms are 0. NaN or infinite where a term is.
 */
export function euclideanNorm(rows: number, term: (row: number) => number): number {
  let largest = 0
  for (let row = 0; row < rows; row += 1) {
    const size = Math.abs(term(row))
    if (!(size <= largest)) largest = size
    if (Number.isNaN(size)) return NaN
  }
  if (largest === 0 || largest === Infinity) return largest
  return largest * Math.sqrt(compensatedSum(rows, (row) => (term(row) / largest) ** 2))
}
