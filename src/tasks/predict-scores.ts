import type { OutputBinding } from '../core/task'

export interface ScorePrediction {
  /** Class of the largest score of each row, the first of equal ones. */
  readonly predicted: Int32Array
  /** Row-major rows × classes. */
  readonly probabilities: Float64Array
  /** One sentence where scores were not probabilities already. */
  readonly note: string | null
}

/** Float32 and float16 sums of many probabilities stray this far from 1. */
const SUM_TOLERANCE = 1e-3

/** Finite scores become classes and probabilities; binary ones are of the second of two classes. */
export function predictScores(
  output: OutputBinding,
  data: Float32Array | Float64Array,
): ScorePrediction {
  if (output.kind === 'binary') return predictBinary(data)
  const width = output.width
  const predicted = new Int32Array(data.length / width)
  for (let row = 0; row < predicted.length; row += 1) predicted[row] = argmax(data, row, width)
  if (areProbabilities(data, width)) {
    return { predicted, probabilities: Float64Array.from(data), note: null }
  }
  const note = 'The scores are read as logits: they are no probabilities that sum to 1.'
  return { predicted, probabilities: softmaxRows(data, width), note }
}

/** Whether all scores are in 0 to 1 and every row sums to 1. */
function areProbabilities(data: Float32Array | Float64Array, width: number): boolean {
  for (let start = 0; start < data.length; start += width) {
    let sum = 0
    for (let i = start; i < start + width; i += 1) {
      const score = data[i] as number
      if (score < 0 || score > 1) return false
      sum += score
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) return false
  }
  return true
}

/** Softmax of each row in float64, the largest score taken off first so that nothing overflows. */
export function softmaxRows(data: Float32Array | Float64Array, width: number): Float64Array {
  const probabilities = new Float64Array(data.length)
  for (let row = 0; row * width < data.length; row += 1) {
    const start = row * width
    const largest = data[start + argmax(data, row, width)] as number
    let sum = 0
    for (let i = start; i < start + width; i += 1) {
      const power = Math.exp((data[i] as number) - largest)
      probabilities[i] = power
      sum += power
    }
    for (let i = start; i < start + width; i += 1)
      probabilities[i] = (probabilities[i] as number) / sum
  }
  return probabilities
}

function argmax(data: Float32Array | Float64Array, row: number, width: number): number {
  const start = row * width
  let best = 0
  for (let column = 1; column < width; column += 1) {
    if ((data[start + column] as number) > (data[start + best] as number)) best = column
  }
  return best
}

function predictBinary(data: Float32Array | Float64Array): ScorePrediction {
  const isProbability = data.every((score) => score >= 0 && score <= 1)
  const threshold = isProbability ? 0.5 : 0
  const predicted = new Int32Array(data.length)
  const probabilities = new Float64Array(data.length * 2)
  for (let row = 0; row < data.length; row += 1) {
    const score = data[row] as number
    // At the threshold both classes are equally likely, and the first one is answered.
    predicted[row] = score > threshold ? 1 : 0
    // 1 − sigmoid(x) is sigmoid(−x), exact for large x too.
    probabilities[row * 2] = isProbability ? 1 - score : sigmoid(-score)
    probabilities[row * 2 + 1] = isProbability ? score : sigmoid(score)
  }
  const note = 'The scores are read as logits of the second class: not all are in 0 to 1.'
  return { predicted, probabilities, note: isProbability ? null : note }
}

function sigmoid(logit: number): number {
  if (logit >= 0) return 1 / (1 + Math.exp(-logit))
  const power = Math.exp(logit)
  return power / (1 + power)
}
