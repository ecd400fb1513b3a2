import type { MetricValue, ParityAnswers } from '../core/metric'
import { finiteOrNull } from './finite-or-null'
import { rmsDifference } from './rms-difference'

/**
 * Peak signal-to-noise ratio in decibels: 20 · log₁₀(range / RMS difference), the range being the
 * largest finite reference minus the smallest. Null where all are equal (it would be infinite), where
 * the references do not vary, and where the RMS difference is undefined.
 *
 * scikit-image: `peak_signal_noise_ratio(reference, answered, data_range=reference.max() -
 * reference.min())`. Cost: three passes.
 */
export function psnr(answers: ParityAnswers): MetricValue {
  const difference = rmsDifference(answers)
  if (difference === null || difference === 0) return null
  let [low, high] = [Infinity, -Infinity]
  for (const value of answers.reference) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return high > low ? finiteOrNull(20 * Math.log10((high - low) / difference)) : null
}
