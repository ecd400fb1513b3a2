import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'
import { macroAverage } from './macro-average'
import { perClass } from './per-class'

/**
 * Balanced accuracy: the mean recall over the classes that occur in the truth. A class that is
 * answered but never occurs has no recall and is left out (in `recallMacro` it counts as 0).
 * Null without rows.
 *
 * scikit-learn: `balanced_accuracy_score(truth, predicted)`.
 * Source: K. H. Brodersen et al. (2010), The balanced accuracy and its posterior distribution.
 */
export function balancedAccuracy(
  answers: ClassificationAnswers,
  { confusion }: ClassificationShared = classificationShared(answers),
): MetricValue {
  return macroAverage(
    perClass(confusion).map(({ support, recall }) => (support === 0 ? null : recall)),
  )
}
