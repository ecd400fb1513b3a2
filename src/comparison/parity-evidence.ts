import type { MetricValue, ParityAnswers } from '../core/metric'
import { answerDifference } from '../metrics/answer-difference'
import type { ParityEvidence } from './evidence'

/** Keeps of a model's answers what intervals need: each row's mean difference, plain and squared. */
export function parityEvidence(
  { rows, width, reference, answered }: ParityAnswers,
  metrics: Readonly<Record<string, MetricValue>>,
  isReference: boolean,
): ParityEvidence {
  const isSized = (metrics['rmsDifference'] ?? null) !== null
  if (isReference || !isSized) return { kind: 'parity', metrics, rows, isReference, means: null }
  const absolute = new Float64Array(rows)
  const squared = new Float64Array(rows)
  for (let row = 0; row < rows; row += 1) {
    let [sum, squares] = [0, 0]
    for (let index = row * width; index < (row + 1) * width; index += 1) {
      const difference = answerDifference(reference[index] as number, answered[index] as number)
      sum += difference
      squares += difference * difference
    }
    absolute[row] = sum / width
    squared[row] = squares / width
  }
  return { kind: 'parity', metrics, rows, isReference, means: { absolute, squared } }
}
