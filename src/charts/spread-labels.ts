/**
 * Moves labels apart so that neighbours keep `gap` pixels, each as near as it can be to where it
 * belongs, all of them within `low` … `high` where there is room. The order stays.
 * @param wanted where each label belongs, in any order
 */
export function spreadLabels(
  wanted: readonly number[],
  gap: number,
  [low, high]: readonly [number, number],
): readonly number[] {
  const order = wanted.map((at, index) => ({ at, index })).toSorted((a, b) => a.at - b.at)
  const placed = [...wanted]
  let next = low
  for (const { at, index } of order) {
    placed[index] = Math.max(at, next)
    next = (placed[index] ?? 0) + gap
  }
  let last = high
  for (const { index } of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, last)
    last = (placed[index] ?? 0) - gap
  }
  return placed
}
