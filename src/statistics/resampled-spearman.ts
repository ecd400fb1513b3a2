import type { ResampledGroup } from './bootstrap'
import type { RankOrder } from './rank-order'

interface RankedPair {
  readonly truth: RankOrder
  readonly answers: RankOrder
  readonly truthRanks: Float64Array
  readonly answerRanks: Float64Array
}

/** Two walks in rank order, with look-ups on the way, and one pass. */
const STEPS_PER_ROW = 20

/**
 * Spearman's rank correlation over the drawn rows, rows drawn twice being ties: one figure. NaN
 * where truth or answers are constant among the drawn rows. Nothing is sorted again; of too many rows
 * nothing at all.
 */
export function resampledSpearman(
  rows: number,
  truthOf: () => RankOrder,
  answersOf: () => RankOrder,
): ResampledGroup {
  let made: RankedPair | null = null
  // Ranks 1 … n have this mean whatever the ties.
  const center = (rows + 1) / 2
  return {
    size: 1,
    steps: STEPS_PER_ROW * rows,
    compute: (counts, figures) => {
      made ??= {
        ...{ truth: truthOf(), answers: answersOf() },
        ...{ truthRanks: new Float64Array(rows), answerRanks: new Float64Array(rows) },
      }
      const { truth, answers, truthRanks, answerRanks } = made
      rankDrawn(truth, counts, truthRanks)
      rankDrawn(answers, counts, answerRanks)
      let [tt, aa, ta] = [0, 0, 0]
      for (let row = 0; row < rows; row += 1) {
        const count = counts[row] as number
        if (count === 0) continue
        const t = (truthRanks[row] as number) - center
        const a = (answerRanks[row] as number) - center
        tt += count * t * t
        aa += count * a * a
        ta += count * t * a
      }
      figures[0] = tt === 0 || aa === 0 ? NaN : ta / Math.sqrt(tt * aa)
    },
  }
}

/** Mean ranks among the drawn rows; those of rows that were not drawn mean nothing. */
function rankDrawn({ order, endsTie }: RankOrder, counts: Uint8Array, ranks: Float64Array): void {
  let [below, tied, start] = [0, 0, 0]
  for (let place = 0; place < order.length; place += 1) {
    tied += counts[order[place] as number] as number
    if (endsTie[place] === 0) continue
    const rank = below + (tied + 1) / 2
    for (let at = start; at <= place; at += 1) ranks[order[at] as number] = rank
    below += tied
    tied = 0
    start = place + 1
  }
}
