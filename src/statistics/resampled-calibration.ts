import type { ResampledGroup } from './bootstrap'

/**
 * Expected calibration error over the drawn rows: one figure.
 * @param bins by row, the bin of its confidence, 0 … `binCount` − 1
 * @param gaps by row, 1 or 0 for a right or wrong answer, minus the confidence
 */
export function resampledCalibration(
  bins: Uint8Array,
  gaps: Float32Array | Float64Array,
  binCount: number,
): ResampledGroup {
  const sums = new Float64Array(binCount)
  return {
    size: 1,
    steps: 3 * bins.length,
    compute: (counts, figures) => {
      sums.fill(0)
      for (let row = 0; row < bins.length; row += 1) {
        const bin = bins[row] as number
        sums[bin] = (sums[bin] as number) + (counts[row] as number) * (gaps[row] as number)
      }
      figures[0] = sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / bins.length
    },
  }
}
