import type { MetricValue } from '../core/metric'
import type { Curve } from '../core/report'
import { compensatedSum } from './compensated-sum'
import { thinCurve } from './thin-curve'
import type { ThresholdCounts } from './threshold-counts'

/**
 * Precision (`y`) against recall (`x`) of one class against the rest, by falling threshold, from
 * the conventional point (0, 1) to recall 1 at the class's share of rows; at most `limit` points.
 * `area` is the average precision Σ (Rᵢ − Rᵢ₋₁) Pᵢ of the full curve: a sum of steps, since a
 * straight line between two points promises more than any threshold gives.
 * Without positives recall is undefined: no points, area null. (scikit-learn warns and sets 0.)
 *
 * scikit-learn: `precision_recall_curve(truth, score)`, reversed, and `average_precision_score`.
 * Source: J. Davis, M. Goadrich (2006), The relationship between precision-recall and ROC curves.
 * Cost: one pass over the thresholds.
 */
export function precisionRecallCurve(
  counts: ThresholdCounts,
  limit: number,
): Curve & { readonly area: MetricValue } {
  const { positives, truePositives, falsePositives } = counts
  if (positives === 0) return { x: [], y: [], area: null }
  const x = new Float64Array(truePositives.length + 1)
  const y = new Float64Array(truePositives.length + 1)
  y[0] = 1
  for (let index = 0; index < truePositives.length; index += 1) {
    const hits = truePositives[index] as number
    x[index + 1] = hits / positives
    y[index + 1] = hits / (hits + (falsePositives[index] as number))
  }
  const area = compensatedSum(truePositives.length, (index) => {
    const gained = (truePositives[index] as number) - (truePositives[index - 1] ?? 0)
    return (gained / positives) * (y[index + 1] as number)
  })
  return { ...thinCurve(x, y, limit), area }
}
