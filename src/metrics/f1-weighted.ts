import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'
import { finiteOrNull } from './finite-or-null'
import { perClass } from './per-class'

/**
 * Weighted F1: the mean over classes of F1, each weighted by its rows in the truth. Null without
 * rows.
 *
 * scikit-learn: `f1_score(truth, predicted, average="weighted")`.
 */
export function f1Weighted(
  answers: ClassificationAnswers,
  { confusion }: ClassificationShared = classificationShared(answers),
): MetricValue {
  const sum = perClass(confusion).reduce((total, { f1, support }) => total + (f1 ?? 0) * support, 0)
  return finiteOrNull(sum / confusion.rows)
}
