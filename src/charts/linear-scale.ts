export interface LinearScale {
  readonly domain: readonly [number, number]
  readonly range: readonly [number, number]
  at(value: number): number
}

/** A scale that maps `domain` to `range`; an empty domain maps to the middle. */
export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): LinearScale {
  const [low, high] = domain
  const [from, to] = range
  const at = (value: number) =>
    high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from)
  return { domain, range, at }
}
