import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { brierOf } from '../metrics/brier'
import { confidenceBin } from '../metrics/calibration-curve'
import { logLossOf } from '../metrics/log-loss'
import { isInTop5 } from '../metrics/top5-accuracy'
import { rankOrder, type RankOrder } from '../statistics/rank-order'
import type { ClassificationEvidence, ScoreEvidence } from './evidence'

/** Rows × classes whose order is kept, 5 bytes each. */
const RANKED_CAP = 2 ** 23

/** Keeps of a model's answers what comparisons need. */
export function classificationEvidence(
  answers: ClassificationAnswers,
  metrics: Readonly<Record<string, MetricValue>>,
): ClassificationEvidence {
  const { classes, predicted, probabilities } = answers
  const scores =
    probabilities === null || classes < 2 ? null : scoreEvidence(answers, probabilities)
  return { kind: 'classification', metrics, classes, predicted, scores }
}

function scoreEvidence(answers: ClassificationAnswers, probabilities: Float64Array): ScoreEvidence {
  const { rows, classes, truth } = answers
  const logLoss = new Float32Array(rows)
  const brier = new Float32Array(rows)
  const hits = new Uint8Array(rows)
  const bins = new Uint8Array(rows)
  const gaps = new Float32Array(rows)
  let hasTop5 = classes > 5
  for (let row = 0; row < rows; row += 1) {
    const actual = truth[row] as number
    logLoss[row] = logLossOf(probabilities[row * classes + actual] as number)
    brier[row] = brierOf(probabilities, row, classes, actual)
    const top = mostProbable(probabilities, row, classes)
    const confidence = probabilities[row * classes + top] as number
    bins[row] = confidenceBin(confidence)
    gaps[row] = (top === actual ? 1 : 0) - confidence
    if (!hasTop5) continue
    const isHit = isInTop5(probabilities, row, classes, actual)
    if (isHit === null) hasTop5 = false
    hits[row] = isHit === true ? 1 : 0
  }
  const rankings = rankingsOf(answers, probabilities)
  return { logLoss, brier, isInTop5: hasTop5 ? hits : null, bins, gaps, rankings }
}

/** The first of equals. */
function mostProbable(probabilities: Float64Array, row: number, classes: number): number {
  let top = 0
  for (let index = 1; index < classes; index += 1) {
    const probability = probabilities[row * classes + index] as number
    if (probability > (probabilities[row * classes + top] as number)) top = index
  }
  return top
}

function rankingsOf(
  { rows, classes }: ClassificationAnswers,
  probabilities: Float64Array,
): readonly RankOrder[] | null {
  const ranked = classes === 2 ? [1] : Array.from({ length: classes }, (_, index) => index)
  if (rows * ranked.length > RANKED_CAP) return null
  const column = new Float64Array(rows)
  return ranked.map((index) => {
    for (let row = 0; row < rows; row += 1) {
      column[row] = probabilities[row * classes + index] as number
    }
    return rankOrder(column)
  })
}
