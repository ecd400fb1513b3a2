import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'
import { finiteOrNull } from './finite-or-null'

/**
 * Micro F1: F1 of the hits, false alarms and misses of all classes counted together. With one
 * class per row every false alarm is another class's miss, so it equals accuracy. Null without
 * rows.
 *
 * scikit-learn: `f1_score(truth, predicted, average="micro")`.
 */
export function f1Micro(
  answers: ClassificationAnswers,
  { confusion }: ClassificationShared = classificationShared(answers),
): MetricValue {
  let [hits, truths, answered] = [0, 0, 0]
  for (let index = 0; index < confusion.classes; index += 1) {
    hits += confusion.correct[index] as number
    truths += confusion.truthTotals[index] as number
    answered += confusion.predictedTotals[index] as number
  }
  return finiteOrNull((2 * hits) / (truths + answered))
}
