import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { compensatedSum } from './compensated-sum'
import { finiteOrNull } from './finite-or-null'

/**
 * Brier score: mean squared distance of the probabilities from the truth. Two classes: of the
 * second class alone, 0 to 1. More: summed over classes, 0 to 2. Null without rows or
 * probabilities, with fewer than two classes, or with a NaN probability.
 *
 * scikit-learn: `brier_score_loss(truth, probability)`; for more than two classes that of version
 * 1.7 and later with its default `scale_by_half="auto"`, which halves two classes only.
 * Source: G. W. Brier (1950), Verification of forecasts expressed in terms of probability.
 * Cost: one pass over rows × classes.
 */
export function brier(answers: ClassificationAnswers): MetricValue {
  const { rows, classes, truth, probabilities } = answers
  if (probabilities === null || classes < 2) return null
  const sum = compensatedSum(rows, (row) =>
    brierOf(probabilities, row, classes, truth[row] as number),
  )
  return finiteOrNull(sum / rows)
}

/** Squared distance of one row's probabilities from the truth. */
export function brierOf(
  probabilities: Float64Array,
  row: number,
  classes: number,
  actual: number,
): number {
  let distance = 0
  for (let index = classes === 2 ? 1 : 0; index < classes; index += 1) {
    const target = actual === index ? 1 : 0
    distance += ((probabilities[row * classes + index] as number) - target) ** 2
  }
  return distance
}
