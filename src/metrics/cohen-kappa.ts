import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'

/**
 * Cohen's kappa: agreement of truth and answers beyond what their class shares alone would give,
 * (p₀ − pₑ) / (1 − pₑ); 1 for full agreement, 0 by chance. Null without rows, and where truth and
 * answers are all the same one class: chance alone agrees fully (scikit-learn gives NaN).
 *
 * scikit-learn: `cohen_kappa_score(truth, predicted)`.
 * Source: J. Cohen (1960), A coefficient of agreement for nominal scales.
 */
export function cohenKappa(
  answers: ClassificationAnswers,
  { confusion }: ClassificationShared = classificationShared(answers),
): MetricValue {
  const { rows, classes } = confusion
  if (rows === 0) return null
  // Sums of products of counts: exact below 2^53, that is to some 90 million rows.
  let [correct, chance] = [0, 0]
  for (let index = 0; index < classes; index += 1) {
    correct += confusion.correct[index] as number
    chance +=
      (confusion.truthTotals[index] as number) * (confusion.predictedTotals[index] as number)
  }
  const all = rows * rows
  return chance === all ? null : (correct * rows - chance) / (all - chance)
}
