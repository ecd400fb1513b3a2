import type { PolicyWindow } from '../../core/policy'
import type { RowRange } from '../prepared-task'

/** Windows that run side by side as one batch. */
const MOST_WINDOWS = 64
/** Bars of one piece: what a lost worker loses at most. */
const MOST_BARS = 1_000_000
/** From this many windows on there are two pieces or more, so that a lost worker leaves some. */
const SPLIT_WINDOWS = 8

/**
 * Cuts the rows of all windows, one window after another, into pieces that are answered together: the
 * whole range, which comes first, alone; the others in groups that run side by side, or one by one.
 */
export function windowPieces(windows: readonly PolicyWindow[], oneByOne: boolean): RowRange[] {
  const [whole, ...tests] = windows
  if (whole === undefined) return []
  const groups = [[whole], ...groupsOf(tests, oneByOne ? 1 : groupSize(tests))]
  let row = 0
  return groups.map((group) => {
    const start = row
    row += group.reduce((bars, window) => bars + window.end - window.start, 0)
    return { start, end: row }
  })
}

/** Windows per group, evenly spread. */
function groupSize(windows: readonly PolicyWindow[]): number {
  const count = windows.length
  const longest = windows.reduce((most, { start, end }) => Math.max(most, end - start), 1)
  const byBars = Math.max(1, Math.floor(MOST_BARS / longest))
  const bySafety = count >= SPLIT_WINDOWS ? Math.ceil(count / 2) : count
  const groups = Math.ceil(count / Math.min(MOST_WINDOWS, byBars, bySafety))
  return Math.max(1, Math.ceil(count / groups))
}

function groupsOf(windows: readonly PolicyWindow[], size: number): PolicyWindow[][] {
  const groups: PolicyWindow[][] = []
  for (let from = 0; from < windows.length; from += size) {
    groups.push(windows.slice(from, from + size))
  }
  return groups
}
