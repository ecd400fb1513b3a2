import { editDistance } from './edit-distance'

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
