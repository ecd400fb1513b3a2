import type { ClassificationAnswers, MetricValue } from '../core/metric'

export const CALIBRATION_BINS = 15

/** Rows by the confidence of their most probable class, in equal-width bins of 0 to 1. */
export interface CalibrationCurve {
  /** By bin: mean confidence, null where the bin is empty. */
  readonly confidence: readonly MetricValue[]
  /** By bin: share of rows whose most probable class is the true one, null where it is empty. */
  readonly accuracy: readonly MetricValue[]
  /** By bin: rows. */
  readonly counts: readonly number[]
}

/**
 * Reliability diagram of the top class: bin `i` of `bins` takes confidences in
 * (i / bins, (i + 1) / bins], the first one 0 too. The most probable class is the first of equals.
 * Null without rows or probabilities, with fewer than two classes, or with a NaN probability.
 *
 * scikit-learn's `calibration_curve(isRight, confidence, n_bins=15)`, with bins closed above as in
 * C. Guo et al. (2017), On calibration of modern neural networks. Cost: one pass.
 */
export function calibrationCurve(
  answers: ClassificationAnswers,
  bins: number = CALIBRATION_BINS,
): CalibrationCurve | null {
  const { rows, classes, truth, probabilities } = answers
  if (probabilities === null || rows === 0 || classes < 2) return null
  const counts = new Array<number>(bins).fill(0)
  const confidences = new Float64Array(bins)
  const correct = new Float64Array(bins)
  for (let row = 0; row < rows; row += 1) {
    let top = 0
    let confidence = -Infinity
    for (let index = 0; index < classes; index += 1) {
      const probability = probabilities[row * classes + index] as number
      if (Number.isNaN(probability)) return null
      if (probability > confidence) {
        confidence = probability
        top = index
      }
    }
    const bin = confidenceBin(confidence, bins)
    counts[bin] = (counts[bin] as number) + 1
    confidences[bin] = (confidences[bin] as number) + confidence
    if (top === truth[row]) correct[bin] = (correct[bin] as number) + 1
  }
  const average = (sums: Float64Array): MetricValue[] =>
    counts.map((count, bin) => (count === 0 ? null : (sums[bin] as number) / count))
  return { confidence: average(confidences), accuracy: average(correct), counts }
}

/** The bin of a confidence, closed above. */
export function confidenceBin(confidence: number, bins: number = CALIBRATION_BINS): number {
  const bin = Math.floor(confidence * bins)
  // On an edge, or rounded up to one: the bin below, which is closed above.
  const closed = confidence <= bin / bins ? bin - 1 : bin
  return Math.max(0, Math.min(bins - 1, closed))
}
