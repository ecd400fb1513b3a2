import type { Direction } from '../core/metric'

/**
 * How much of its colour a cell carries: from 0 for the worst value of all cells to 1 for the best,
 * so that every row is read on one scale. Null, and a table of equal values, stay pale.
 */
export function heatShade(
  value: number | null,
  [low, high]: readonly [number, number],
  direction: Direction,
): number {
  if (value === null || !(high > low)) return 0
  const share = (value - low) / (high - low)
  return direction === 'higher' ? share : 1 - share
}
