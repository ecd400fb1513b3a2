import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'
import { macroAverage } from './macro-average'

/**
 * Area under the precision-recall curve as average precision: precision averaged over the
 * positives in order of their score, without interpolation. Two classes: by the probability of the
 * second. More: one-vs-rest, plain mean over the classes that occur.
 * Null without rows or probabilities, where no such class occurs (scikit-learn warns and sets 0),
 * or with a NaN probability. 1 where every row is of the class.
 *
 * scikit-learn: `average_precision_score(truth, score)`, `average="macro"` over one-hot truth.
 * Cost: one sort of the rows per class, shared with `rocAuc` and the curves.
 */
export function prAuc(
  answers: ClassificationAnswers,
  { curves }: ClassificationShared = classificationShared(answers),
): MetricValue {
  return macroAverage((curves ?? []).map(({ precisionRecall }) => precisionRecall.area))
}
