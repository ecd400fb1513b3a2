import { compensatedSum } from './compensated-sum'

/**
 * Arithmetic mean of `term(0) … term(rows − 1)`. NaN without rows or with a term that is not
 * finite; finite for finite terms, also where their plain sum would overflow.
 */
export function mean(rows: number, term: (row: number) => number): number {
  const sum = compensatedSum(rows, term)
  return Number.isFinite(sum) ? sum / rows : compensatedSum(rows, (row) => term(row) / rows)
}
