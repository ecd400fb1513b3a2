/**
 * Sum of `term(0) … term(rows − 1)` with the rounding errors carried along, so that a million rows
 * lose no digit. NaN once the sum passes the largest float64 or a term is not finite.
 *
 * Source: A. Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
 * Summen, ZAMM 54, 39–51.
 */
export function compensatedSum(rows: number, term: (row: number) => number): number {
  let sum = 0
  let lost = 0
  for (let row = 0; row < rows; row += 1) {
    const value = term(row)
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}
