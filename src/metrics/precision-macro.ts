import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'
import { macroAverage } from './macro-average'
import { perClass } from './per-class'

/**
 * Macro precision: the plain mean over classes of the share of rows answered with a class that are
 * of it. Over the classes that occur or are answered; a class that is never answered counts as 0.
 * Null without rows.
 *
 * scikit-learn: `precision_score(truth, predicted, average="macro")`.
 */
export function precisionMacro(
  answers: ClassificationAnswers,
  { confusion }: ClassificationShared = classificationShared(answers),
): MetricValue {
  return macroAverage(perClass(confusion).map(({ precision }) => precision))
}
