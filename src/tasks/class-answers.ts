import type { ClassAnswers } from '../core/exploration'
import type { ClassificationAnswers } from '../core/metric'
import type { ClassLabel } from '../core/task'

/** What is kept of a classifier's answers so that single rows can be looked at. */
export function classAnswers(
  modelId: string,
  { classes, predicted, probabilities }: ClassificationAnswers,
  labels: readonly ClassLabel[],
): ClassAnswers {
  const confidence =
    probabilities === null
      ? null
      : Float32Array.from(predicted, (answer, row) => probabilities[row * classes + answer] ?? NaN)
  return { kind: 'classification', modelId, labels, predicted, confidence }
}
