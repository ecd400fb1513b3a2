/** The cells of one row of numbers, by row number. */
export function numberCells(row: number, count: number): string {
  return Array.from({ length: count }, (_, column) =>
    (((row * 7919 + column * 104_729) % 1_000_003) / 997).toFixed(6),
  ).join(',')
}
