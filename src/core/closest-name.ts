/** Further away than this, a suggestion would be a guess. */
const MAX_EDITS = 3

/** The known name that a misspelt one most likely means; null where none is near. */
export function closestName(name: string, known: readonly string[]): string | null {
  const limit = Math.min(MAX_EDITS, Math.floor(name.length / 2))
  let best: string | null = null
  let bestEdits = limit + 1
  for (const candidate of known) {
    const edits = editDistance(name, candidate)
    if (edits < bestEdits) {
      best = candidate
      bestEdits = edits
    }
  }
  return best
}

/** Levenshtein distance: insertions, deletions and replacements from `a` to `b`. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
