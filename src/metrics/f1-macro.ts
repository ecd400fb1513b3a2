import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'
import { macroAverage } from './macro-average'
import { perClass } from './per-class'

/**
 * Macro F1: the plain mean over classes of the harmonic mean of precision and recall,
 * 2·TP / (2·TP + FP + FN). Over the classes that occur or are answered. Null without rows.
 *
 * scikit-learn: `f1_score(truth, predicted, average="macro")`.
 */
export function f1Macro(
  answers: ClassificationAnswers,
  { confusion }: ClassificationShared = classificationShared(answers),
): MetricValue {
  return macroAverage(perClass(confusion).map(({ f1 }) => f1))
}
