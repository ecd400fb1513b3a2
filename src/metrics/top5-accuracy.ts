import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { finiteOrNull } from './finite-or-null'

const PLACES = 5

/**
 * Top-5 accuracy: the share of rows whose true class is among the five most probable ones. Of
 * equal probabilities the higher class index goes first, as in scikit-learn.
 * Null without rows or probabilities, with a NaN probability, and with five classes or fewer,
 * where it is 1 whatever the model says (scikit-learn warns and gives 1).
 *
 * scikit-learn: `top_k_accuracy_score(truth, probabilities, k=5, labels=range(classes))`.
 * Cost: one pass over rows × classes; nothing is sorted.
 */
export function top5Accuracy(answers: ClassificationAnswers): MetricValue {
  const { rows, classes, truth, probabilities } = answers
  if (probabilities === null || classes <= PLACES) return null
  let hits = 0
  for (let row = 0; row < rows; row += 1) {
    const isHit = isInTop5(probabilities, row, classes, truth[row] as number)
    if (isHit === null) return null
    if (isHit) hits += 1
  }
  return finiteOrNull(hits / rows)
}

/** Whether the true class of one row is among its five most probable; null with a NaN. */
export function isInTop5(
  probabilities: Float64Array,
  row: number,
  classes: number,
  actual: number,
): boolean | null {
  const own = probabilities[row * classes + actual] as number
  let ahead = 0
  for (let index = 0; index < classes; index += 1) {
    const other = probabilities[row * classes + index] as number
    if (Number.isNaN(other)) return null
    if (other > own || (other === own && index > actual)) ahead += 1
  }
  return ahead < PLACES
}
