import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'
import { macroAverage } from './macro-average'

/**
 * Area under the ROC curve: the probability that a row of a class scores higher on it than a row
 * of another class, ties counting one half. Two classes: by the probability of the second. More:
 * one-vs-rest, plain mean over the classes that occur and that not every row is of. (scikit-learn
 * raises or gives NaN where a class never occurs; here the others still have their say.)
 * Null without rows or probabilities, with one class in the truth, or with a NaN probability.
 *
 * scikit-learn: `roc_auc_score(truth, score)`; more classes: `multi_class="ovr", average="macro"`.
 * Source: J. A. Hanley, B. J. McNeil (1982), The meaning and use of the area under a ROC curve.
 * Cost: one sort of the rows per class, shared with `prAuc` and the curves.
 */
export function rocAuc(
  answers: ClassificationAnswers,
  { curves }: ClassificationShared = classificationShared(answers),
): MetricValue {
  return macroAverage((curves ?? []).map(({ roc }) => roc.area))
}
