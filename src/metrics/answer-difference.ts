/**
 * |answered − reference|. Two NaN, and two infinities of one sign, are no difference; any other pair
 * that is not finite has one without size: Infinity.
 */
export function answerDifference(reference: number, answered: number): number {
  // Object.is would tell 0 from −0.
  if (reference === answered) return 0
  const difference = Math.abs(answered - reference)
  if (!Number.isNaN(difference)) return difference
  return Number.isNaN(reference) && Number.isNaN(answered) ? 0 : Infinity
}
