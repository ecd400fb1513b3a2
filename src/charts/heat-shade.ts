import type { Direction } from '../core/metric'

/** Full colour would drown the figures. */
const DARKEST = 45

/**
 * How much of the accent a cell carries, in %: from 0 for the worst value of all cells to 45 for the
 * best, so that every row is read on one scale. Null, and a table of equal values, stay pale.
 */
export function heatShade(
  value: number | null,
  [low, high]: readonly [number, number],
  direction: Direction,
): number {
  if (value === null || !(high > low)) return 0
  const share = (value - low) / (high - low)
  return Math.round((direction === 'higher' ? share : 1 - share) * DARKEST)
}
