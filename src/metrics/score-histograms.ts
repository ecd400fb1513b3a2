import type { ClassificationAnswers } from '../core/metric'

export const SCORE_BINS = 20

/** Scores that one class was given, in equal-width bins of 0 to 1, apart by the true class. */
export interface ScoreHistogram {
  readonly classIndex: number
  /** By bin: rows of the class. */
  readonly ofClass: readonly number[]
  /** By bin: rows of all other classes. */
  readonly ofRest: readonly number[]
}

/**
 * Histograms of the probability of each class: of the second class where there are two, else of
 * every class. Bin `i` of `bins` takes [i / bins, (i + 1) / bins), the last one 1 too; what a model's
 * rounding put outside of 0 to 1 goes to the first and the last. Null without rows or
 * probabilities, with fewer than two classes, or with a NaN probability.
 *
 * NumPy: `numpy.histogram(p[truth == c, c], numpy.arange(bins + 1) / bins)`. Cost: one pass.
 */
export function scoreHistograms(
  answers: ClassificationAnswers,
  bins: number = SCORE_BINS,
): readonly ScoreHistogram[] | null {
  const { rows, classes, truth, probabilities } = answers
  if (probabilities === null || rows === 0 || classes < 2) return null
  const first = classes === 2 ? 1 : 0
  const histograms = Array.from({ length: classes - first }, (_, index) => ({
    classIndex: first + index,
    ofClass: new Array<number>(bins).fill(0),
    ofRest: new Array<number>(bins).fill(0),
  }))
  for (let row = 0; row < rows; row += 1) {
    for (const { classIndex, ofClass, ofRest } of histograms) {
      const probability = probabilities[row * classes + classIndex] as number
      if (Number.isNaN(probability)) return null
      const counts = truth[row] === classIndex ? ofClass : ofRest
      const bin = binOf(probability, bins)
      counts[bin] = (counts[bin] as number) + 1
    }
  }
  return histograms
}

function binOf(probability: number, bins: number): number {
  const bin = Math.max(0, Math.min(bins - 1, Math.floor(probability * bins)))
  // The product may round across an edge.
  if (bin > 0 && probability < bin / bins) return bin - 1
  return bin < bins - 1 && probability >= (bin + 1) / bins ? bin + 1 : bin
}
