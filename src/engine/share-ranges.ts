import type { Share } from '../core/part'
import type { RowRange } from './journal'

/**
 * The rows of each model that a share answers. All answers stand in one line, model after model, and
 * are cut into `count` runs of nearly equal length: a share loads as few models as it can, and every
 * answer belongs to exactly one share. Rows that can only be answered together stay together, in the
 * share that their first row falls into.
 * @param wholes ascending, without gaps; null where rows are free
 */
export function shareRanges(
  modelIds: readonly string[],
  rows: number,
  wholes: readonly RowRange[] | null,
  { index, count }: Share,
): ReadonlyMap<string, readonly RowRange[]> {
  const total = modelIds.length * rows
  const from = Math.floor((total * (index - 1)) / count)
  const to = Math.floor((total * index) / count)
  return new Map(
    modelIds.map((modelId, position) => {
      const offset = position * rows
      if (wholes !== null) {
        const isHere = ({ start }: RowRange) => start + offset >= from && start + offset < to
        return [modelId, wholes.filter(isHere)]
      }
      const start = Math.max(0, from - offset)
      const end = Math.min(rows, to - offset)
      return [modelId, start < end ? [{ start, end }] : []]
    }),
  )
}
