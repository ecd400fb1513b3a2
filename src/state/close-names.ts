import { editDistance } from '../core/edit-distance'

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
