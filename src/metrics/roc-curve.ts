import type { MetricValue } from '../core/metric'
import type { Curve } from '../core/report'
import { thinCurve } from './thin-curve'
import type { ThresholdCounts } from './threshold-counts'

/**
 * Receiver operating characteristic of one class against the rest: `x` false positive rate, `y`
 * true positive rate, from (0, 0) to (1, 1), at most `limit` points. `area` is that of the full
 * curve by the trapezoidal rule, which counts a tie of a positive and a negative as one half.
 * Without positives or without negatives one of the rates is undefined: no points, area null.
 *
 * scikit-learn: `roc_curve(truth, score)` and `roc_auc_score(truth, score)`.
 * Source: T. Fawcett (2006), An introduction to ROC analysis, Pattern Recognition Letters 27.
 * Cost: one pass over the thresholds.
 */
export function rocCurve(
  counts: ThresholdCounts,
  limit: number,
): Curve & { readonly area: MetricValue } {
  const { positives, negatives, truePositives, falsePositives } = counts
  if (positives === 0 || negatives === 0) return { x: [], y: [], area: null }
  const x = new Float64Array(truePositives.length + 1)
  const y = new Float64Array(truePositives.length + 1)
  // Twice the area in whole pairs of rows: exact below 2^53 pairs.
  let doubleArea = 0
  let [hitsBefore, alarmsBefore] = [0, 0]
  for (let index = 0; index < truePositives.length; index += 1) {
    const hits = truePositives[index] as number
    const alarms = falsePositives[index] as number
    doubleArea += (alarms - alarmsBefore) * (hits + hitsBefore)
    x[index + 1] = alarms / negatives
    y[index + 1] = hits / positives
    hitsBefore = hits
    alarmsBefore = alarms
  }
  return { ...thinCurve(x, y, limit), area: doubleArea / (2 * positives * negatives) }
}
