import type { ClassificationAnswers } from '../core/metric'

/**
 * What is counted on either side of every threshold on the score of one class. Entry `i` holds the
 * rows that score at least the (i + 1)-th highest different score.
 */
export interface ThresholdCounts {
  readonly positives: number
  readonly negatives: number
  /** Rising, one entry per different score. */
  readonly truePositives: Float64Array
  /** Rising, one entry per different score. */
  readonly falsePositives: Float64Array
}

/**
 * Counts for one class against the rest; null without probabilities or with a NaN among them.
 * Rows of equal score enter together, so that the order of rows never matters.
 *
 * scikit-learn's counterpart: `_binary_clf_curve`. Cost: positives and negatives are sorted apart
 * by the engine's native float64 sort and then merged: n log n, with no index and no comparator.
 */
export function thresholdCounts(
  answers: ClassificationAnswers,
  positiveClass: number,
): ThresholdCounts | null {
  const split = splitScores(answers, positiveClass)
  if (split === null) return null
  const { positive, negative } = split
  // Native sort puts NaN last.
  if (Number.isNaN(positive.at(-1)) || Number.isNaN(negative.at(-1))) return null

  const truePositives = new Float64Array(answers.rows)
  const falsePositives = new Float64Array(answers.rows)
  let count = 0
  let positivesLeft = positive.length
  let negativesLeft = negative.length
  while (positivesLeft > 0 || negativesLeft > 0) {
    const threshold = Math.max(
      positive[positivesLeft - 1] ?? -Infinity,
      negative[negativesLeft - 1] ?? -Infinity,
    )
    while (positivesLeft > 0 && positive[positivesLeft - 1] === threshold) positivesLeft -= 1
    while (negativesLeft > 0 && negative[negativesLeft - 1] === threshold) negativesLeft -= 1
    truePositives[count] = positive.length - positivesLeft
    falsePositives[count] = negative.length - negativesLeft
    count += 1
  }
  return {
    positives: positive.length,
    negatives: negative.length,
    truePositives: truePositives.subarray(0, count),
    falsePositives: falsePositives.subarray(0, count),
  }
}

function splitScores(
  answers: ClassificationAnswers,
  positiveClass: number,
): { positive: Float64Array; negative: Float64Array } | null {
  const { rows, classes, truth, probabilities } = answers
  if (probabilities === null) return null
  let positives = 0
  for (let row = 0; row < rows; row += 1) if (truth[row] === positiveClass) positives += 1
  const positive = new Float64Array(positives)
  const negative = new Float64Array(rows - positives)
  let nextPositive = 0
  let nextNegative = 0
  for (let row = 0; row < rows; row += 1) {
    const score = probabilities[row * classes + positiveClass] as number
    if (truth[row] === positiveClass) positive[nextPositive++] = score
    else negative[nextNegative++] = score
  }
  return { positive: positive.sort(), negative: negative.sort() }
}
