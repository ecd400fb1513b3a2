import type { Direction } from '../core/metric'

export interface RowRanks {
  /** 1 is best; equal scores share the mean of the ranks that they take up. */
  readonly ranks: Float64Array
  /** Σ t³ − t over the groups of t equal scores: what a correction for ties needs. */
  readonly tiedCubes: number
}

/** Ranks of a few scores, one per model. SciPy: `rankdata`. */
export function rowRanks(scores: readonly number[], direction: Direction): RowRanks {
  const ranks = new Float64Array(scores.length)
  let tiedCubes = 0
  scores.forEach((score, model) => {
    let better = 0
    let equal = 0
    for (const other of scores) {
      if (other === score) equal += 1
      else if (other > score === (direction === 'higher')) better += 1
    }
    ranks[model] = better + (equal + 1) / 2
    tiedCubes += equal ** 2 - 1
  })
  return { ranks, tiedCubes }
}
