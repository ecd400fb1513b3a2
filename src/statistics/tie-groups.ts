/**
 * Ranks as groups of models that cannot be told apart: `ranked`, best first, is cut into runs in
 * which every two are indistinguishable. A model joins the group before it only if it is
 * indistinguishable from all of that group, so no shown difference lies within a group.
 */
export function tieGroups<Item>(
  ranked: readonly Item[],
  isDistinguishable: (one: Item, other: Item) => boolean,
): Item[][] {
  const groups: Item[][] = []
  for (const item of ranked) {
    const last = groups.at(-1)
    if (last !== undefined && last.every((other) => !isDistinguishable(other, item))) {
      last.push(item)
    } else {
      groups.push([item])
    }
  }
  return groups
}
