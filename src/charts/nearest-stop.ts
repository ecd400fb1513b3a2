import type { Stop } from './chart'

/** Index of the stop that a pointer means; null where there is none. One pass. */
export function nearestStop(stops: readonly Stop[], x: number, y: number): number | null {
  let nearest: number | null = null
  let least = Infinity
  for (const [index, stop] of stops.entries()) {
    const distance = (stop.x - x) ** 2 + (stop.y === null ? 0 : (stop.y - y) ** 2)
    if (distance >= least) continue
    least = distance
    nearest = index
  }
  return nearest
}
