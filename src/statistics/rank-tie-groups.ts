/**
 * The groups of models that cannot be told apart: every largest run of average ranks that spans less
 * than the critical difference, best first, as indices into `averageRanks` from best to worst. A model
 * may be in several groups, and one that differs from all others is a group of its own.
 */
export function rankTieGroups(
  averageRanks: readonly number[],
  criticalDifference: number,
): readonly (readonly number[])[] {
  const order = averageRanks.map((_, model) => model)
  const rank = (model: number | undefined) => averageRanks[model ?? -1] ?? NaN
  order.sort((a, b) => rank(a) - rank(b))
  const groups: number[][] = []
  let reached = 0
  for (let start = 0; start < order.length; start += 1) {
    let end = start + 1
    while (end < order.length && rank(order[end]) - rank(order[start]) < criticalDifference)
      end += 1
    if (end > reached) groups.push(order.slice(start, end))
    reached = Math.max(reached, end)
  }
  return groups
}
