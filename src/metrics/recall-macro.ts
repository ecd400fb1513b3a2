import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'
import { macroAverage } from './macro-average'
import { perClass } from './per-class'

/**
 * Macro recall: the plain mean over classes of the share of a class's rows that are answered right.
 * Over the classes that occur or are answered; a class that is answered but never occurs counts as
 * 0 (`balancedAccuracy` leaves it out). Null without rows.
 *
 * scikit-learn: `recall_score(truth, predicted, average="macro")`.
 */
export function recallMacro(
  answers: ClassificationAnswers,
  { confusion }: ClassificationShared = classificationShared(answers),
): MetricValue {
  return macroAverage(perClass(confusion).map(({ recall }) => recall))
}
