import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'
import { finiteOrNull } from './finite-or-null'

/**
 * Accuracy: the share of rows whose answered class is the true one. Null without rows.
 *
 * scikit-learn: `accuracy_score(truth, predicted)`. Cost: one pass for the confusion matrix.
 */
export function accuracy(
  answers: ClassificationAnswers,
  { confusion }: ClassificationShared = classificationShared(answers),
): MetricValue {
  const correct = confusion.correct.reduce((sum, count) => sum + count, 0)
  return finiteOrNull(correct / confusion.rows)
}
