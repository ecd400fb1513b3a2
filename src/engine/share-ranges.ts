import type { Share } from '../core/part'
import type { RowRange } from './journal'

export interface SharedModel {
  readonly id: string
  /** Rows that it is asked. */
  readonly rows: number
  /** Those of its rows that can only be answered together, ascending; null: its rows are free. */
  readonly wholes: readonly RowRange[] | null
}

/**
 * The rows of each model that a share answers. All answers stand in one line, model after model, and
 * are cut into `count` runs of nearly equal length: a share loads as few models as it can, and every
 * answer belongs to exactly one share. Rows that can only be answered together stay together, in the
 * share that the first of them falls into.
 */
export function shareRanges(
  models: readonly SharedModel[],
  { index, count }: Share,
): ReadonlyMap<string, readonly RowRange[]> {
  const total = models.reduce((sum, { rows }) => sum + rows, 0)
  const from = Math.floor((total * (index - 1)) / count)
  const to = Math.floor((total * index) / count)
  const shares = new Map<string, readonly RowRange[]>()
  let offset = 0
  for (const { id, rows, wholes } of models) {
    const [first, end] = [from - offset, to - offset]
    shares.set(id, wholes === null ? cut(rows, first, end) : whole(wholes, first, end))
    offset += rows
  }
  return shares
}

function cut(rows: number, from: number, to: number): readonly RowRange[] {
  const start = Math.max(0, from)
  const end = Math.min(rows, to)
  return start < end ? [{ start, end }] : []
}

/** Positions count the rows that are asked; there may be others between them. */
function whole(wholes: readonly RowRange[], from: number, to: number): readonly RowRange[] {
  let position = 0
  return wholes.filter(({ start, end }) => {
    const first = position
    position += end - start
    return first >= from && first < to
  })
}
