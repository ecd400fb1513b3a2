import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { classificationShared, type ClassificationShared } from './classification-shared'

/**
 * Matthews correlation coefficient for any number of classes: the correlation of true and answered
 * class, −1 to 1, 0 by chance. 0 where truth or answers are all one class, as in scikit-learn,
 * even if they agree. Null without rows.
 *
 * scikit-learn: `matthews_corrcoef(truth, predicted)`.
 * Source: J. Gorodkin (2004), Comparing two K-category assignments by a K-category correlation
 * coefficient.
 */
export function mcc(
  answers: ClassificationAnswers,
  { confusion }: ClassificationShared = classificationShared(answers),
): MetricValue {
  const { rows, classes } = confusion
  if (rows === 0) return null
  // Sums of products of counts: exact below 2^53, that is to some 90 million rows.
  let [correct, chance, truthSquares, answerSquares] = [0, 0, 0, 0]
  for (let index = 0; index < classes; index += 1) {
    const truth = confusion.truthTotals[index] as number
    const answer = confusion.predictedTotals[index] as number
    correct += confusion.correct[index] as number
    chance += truth * answer
    truthSquares += truth * truth
    answerSquares += answer * answer
  }
  const all = rows * rows
  const spread = Math.sqrt(all - truthSquares) * Math.sqrt(all - answerSquares)
  return spread === 0 ? 0 : (correct * rows - chance) / spread
}
