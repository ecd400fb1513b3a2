import type { MetricValue } from '../core/metric'
import type { PerClass } from '../core/report'
import type { ConfusionMatrix } from './confusion-matrix'

/**
 * Support, precision, recall and F1 of every class; `labels[c]` names class `c`.
 *
 * A ratio without a denominator is 0, as in scikit-learn's `zero_division="warn"`: precision of a
 * class that is never answered, recall of a class that never occurs. A class that neither occurs
 * nor is answered has null for all three, and takes no part in the averages over classes
 * (scikit-learn averages over the sorted union of true and answered labels).
 *
 * scikit-learn: `precision_recall_fscore_support(truth, predicted)`.
 */
export function perClass(
  confusion: ConfusionMatrix,
  labels: readonly string[] = [],
): readonly PerClass[] {
  return Array.from({ length: confusion.classes }, (_, index) => {
    const correct = confusion.correct[index] as number
    const support = confusion.truthTotals[index] as number
    const answered = confusion.predictedTotals[index] as number
    const isAbsent = support === 0 && answered === 0
    const share = (part: number, whole: number): MetricValue =>
      isAbsent ? null : part / Math.max(1, whole)
    return {
      label: labels[index] ?? String(index),
      support,
      precision: share(correct, answered),
      recall: share(correct, support),
      f1: share(2 * correct, support + answered),
    }
  })
}
