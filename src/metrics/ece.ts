import type { ClassificationAnswers, MetricValue } from '../core/metric'
import { calibrationCurve } from './calibration-curve'

/**
 * Expected calibration error: rows in 15 equal-width bins by the confidence of their most probable
 * class; the gap between a bin's accuracy and its mean confidence, weighted by its rows. 0 to 1,
 * lower is better. Null without rows or probabilities, with fewer than two classes, or with a NaN
 * probability.
 *
 * Not in scikit-learn. Source: C. Guo et al. (2017), On calibration of modern neural networks.
 * Cost: one pass over rows × classes.
 */
export function ece(answers: ClassificationAnswers): MetricValue {
  const curve = calibrationCurve(answers)
  if (curve === null) return null
  return curve.counts.reduce((sum, count, bin) => {
    const gap = (curve.accuracy[bin] ?? 0) - (curve.confidence[bin] ?? 0)
    return sum + (count / answers.rows) * Math.abs(gap)
  }, 0)
}
