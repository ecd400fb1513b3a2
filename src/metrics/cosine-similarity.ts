import type { MetricValue, ParityAnswers } from '../core/metric'
import { answerDifference } from './answer-difference'
import { compensatedSum } from './compensated-sum'
import { euclideanNorm } from './euclidean-norm'
import { finiteOrNull } from './finite-or-null'

/**
 * Cosine of the angle between all answers and all references, each taken as one vector: 1 where they
 * differ by a positive factor at most. Pairs that are NaN or infinite alike are left out. Null where
 * either vector is 0, and where one of a pair alone is NaN or infinite.
 *
 * SciPy: `1 - cosine(reference.ravel(), answered.ravel())`. Cost: four passes.
 */
export function cosineSimilarity({ reference, answered }: ParityAnswers): MetricValue {
  const numbers = reference.length
  for (let index = 0; index < numbers; index += 1) {
    const difference = answerDifference(reference[index] as number, answered[index] as number)
    if (difference === Infinity) return null
  }
  const finite = (values: ParityAnswers['reference']) => (index: number) => {
    const value = values[index] as number
    return Number.isFinite(value) ? value : 0
  }
  const [one, other] = [finite(reference), finite(answered)]
  const oneNorm = euclideanNorm(numbers, one)
  const otherNorm = euclideanNorm(numbers, other)
  const dot = compensatedSum(
    numbers,
    (index) => (one(index) / oneNorm) * (other(index) / otherNorm),
  )
  // Rounding may carry it a little beyond 1.
  return finiteOrNull(numbers === 0 ? NaN : Math.max(-1, Math.min(1, dot)))
}
