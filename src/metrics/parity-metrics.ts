import type { MetricInfo, MetricValue, ParityAnswers } from '../core/metric'
import { cosineSimilarity } from './cosine-similarity'
import { maxAbsDifference } from './max-abs-difference'
import { meanAbsDifference } from './mean-abs-difference'
import { psnr } from './psnr'
import { rmsDifference } from './rms-difference'
import { topOneAgreement } from './top-one-agreement'
import { withinTolerance } from './within-tolerance'

export interface ParityMetric extends MetricInfo {
  readonly compute: (answers: ParityAnswers) => MetricValue
}

export const DEFAULT_PARITY_METRIC = 'maxAbsDifference'

type Line = readonly [
  id: string,
  label: string,
  unit: MetricInfo['unit'],
  direction: MetricInfo['direction'],
  compute: ParityMetric['compute'],
  description: string,
]

// prettier-ignore
const lines: readonly Line[] = [
  ['maxAbsDifference', 'Largest difference', 'distance', 'lower', maxAbsDifference, 'Largest absolute difference of any number from the reference.'],
  ['meanAbsDifference', 'Mean difference', 'distance', 'lower', meanAbsDifference, 'Mean absolute difference over all numbers of all rows.'],
  ['rmsDifference', 'RMS difference', 'distance', 'lower', rmsDifference, 'Root of the mean squared difference; large differences weigh more.'],
  ['topOneAgreement', 'Same class', 'share', 'higher', topOneAgreement, 'Share of rows whose most probable class, or label, is the reference’s.'],
  ['withinTolerance', 'Within tolerance', 'share', 'higher', withinTolerance, 'Share of rows in which every number is as close to the reference as the tolerance asks.'],
  ['cosineSimilarity', 'Cosine similarity', 'score', 'higher', cosineSimilarity, 'Cosine of the angle between all answers and the reference’s; 1 is the same direction.'],
  ['psnr', 'PSNR, dB', 'score', 'higher', psnr, 'Range of the reference against the RMS difference, in decibels; undefined where all is equal.'],
]

/**
 * Every metric of a parity check, in the order of the leaderboard. A new one is its file, its test and
 * one line above.
 */
export const parityMetrics: readonly ParityMetric[] = lines.map(
  ([id, label, unit, direction, compute, description]) => ({
    id,
    label,
    direction,
    unit,
    description,
    compute,
  }),
)
