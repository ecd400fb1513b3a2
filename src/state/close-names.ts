/** Longer names are compared by their heads only: the distance costs the product of both lengths. */
const COMPARED = 64

/** The names nearest to `wanted` by edits, at most `limit`, none that differs in more than half. */
export function closeNames(wanted: string, names: readonly string[], limit = 3): readonly string[] {
  const target = wanted.slice(0, COMPARED).toLowerCase()
  return names
    .map((name) => ({
      name,
      distance: editDistance(target, name.slice(0, COMPARED).toLowerCase()),
    }))
    .filter(({ name, distance }) => distance <= Math.max(target.length, name.length) / 2)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name)
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
