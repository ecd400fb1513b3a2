/** Rounding in the last bits of a sum must not decide who wins. */
const RELATIVE_TOLERANCE = 1e-12

/** Whether two figures are the same measurement. */
export function isTie(a: number, b: number): boolean {
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b))
}
