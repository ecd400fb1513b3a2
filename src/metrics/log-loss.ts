import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { finiteOrNull } from './finite-or-null'
import { mean } from './mean'

/** Smallest probability taken at its word: a certain and wrong answer costs 34.5, not infinity. */
const SMALLEST_PROBABILITY = 1e-15

/**
 * Log loss (cross-entropy): mean over rows of −ln of the probability given to the true class, in
 * nats, probabilities clipped to 1e-15 … 1 − 1e-15. Null without rows or probabilities, with fewer
 * than two classes, or with a NaN among the probabilities of true classes.
 *
 * scikit-learn: `log_loss(truth, probabilities, labels=range(classes), eps=1e-15)` of version 1.2;
 * later versions clip at the smallest step of the element type.
 * Cost: one pass and one logarithm per row.
 */
export function logLoss(answers: ClassificationAnswers): MetricValue {
  const { rows, classes, truth, probabilities } = answers
  if (probabilities === null || classes < 2) return null
  const loss = mean(rows, (row) =>
    logLossOf(probabilities[row * classes + (truth[row] as number)] as number),
  )
  return finiteOrNull(loss)
}

/** Log loss of one row, from the probability of its true class. */
export function logLossOf(probability: number): number {
  return -Math.log(Math.min(1 - SMALLEST_PROBABILITY, Math.max(SMALLEST_PROBABILITY, probability)))
}
