import type { ResampledGroup } from './bootstrap'
import type { RankOrder } from './rank-order'

/** A random look-up into counts of many rows takes as long as some eight steps. */
const STEPS_PER_LOOKUP = 8

/** One class against the rest. */
export interface ScoredClass {
  readonly ranking: RankOrder
  /** By row, 1 or 0. */
  readonly isPositive: Uint8Array
}

/**
 * Area under the ROC curve and average precision over the drawn rows, each the plain mean over those
 * classes for which it is defined, as the metrics `rocAuc` and `prAuc` are: two figures.
 * Cost: one pass per class in the order of its scores; nothing is sorted again.
 */
export function resampledRoc(classes: readonly ScoredClass[]): ResampledGroup {
  const rows = classes[0]?.isPositive.length ?? 0
  return {
    size: 2,
    steps: STEPS_PER_LOOKUP * classes.length * rows,
    compute: (counts, figures) => {
      const [rocAreas, precisions] = [new MeanOfDefined(), new MeanOfDefined()]
      for (const scored of classes) {
        const { rocArea, averagePrecision } = areas(scored, counts)
        rocAreas.add(rocArea)
        precisions.add(averagePrecision)
      }
      figures[0] = rocAreas.value
      figures[1] = precisions.value
    },
  }
}

/** By falling score, rows of equal score together. NaN where undefined. */
function areas({ ranking, isPositive }: ScoredClass, counts: Uint8Array) {
  const { order, endsTie } = ranking
  let [positives, negatives, tiedPositives, tiedNegatives] = [0, 0, 0, 0]
  let [doublePairs, precisionSum] = [0, 0]
  for (let place = order.length - 1; place >= 0; place -= 1) {
    const row = order[place] as number
    const count = counts[row] as number
    if (isPositive[row] === 1) tiedPositives += count
    else tiedNegatives += count
    // Going down, a run of equal scores ends where the place below ends the run before.
    if (place > 0 && endsTie[place - 1] === 0) continue
    doublePairs += tiedNegatives * (2 * positives + tiedPositives)
    positives += tiedPositives
    negatives += tiedNegatives
    if (tiedPositives > 0) precisionSum += (tiedPositives * positives) / (positives + negatives)
    tiedPositives = 0
    tiedNegatives = 0
  }
  return {
    rocArea: doublePairs / (2 * positives * negatives),
    averagePrecision: precisionSum / positives,
  }
}

class MeanOfDefined {
  #sum = 0
  #count = 0

  add(value: number): void {
    if (Number.isNaN(value)) return
    this.#sum += value
    this.#count += 1
  }

  get value(): number {
    return this.#sum / this.#count
  }
}
