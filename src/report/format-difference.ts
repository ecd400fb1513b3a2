import { SIGNIFICANCE, type Interval } from '../core/comparison'
import { formatFixed } from '../core/format'
import type { MetricInfo } from '../core/metric'

export interface DifferenceText {
  /** `1.0 points`, `0.15`. */
  readonly difference: string
  /** `0.2 to 1.8`; null without an interval. */
  readonly interval: string | null
}

/**
 * A difference with its interval, in points for shares, with as many decimals as the interval
 * supports: two significant digits of its width.
 */
export function formatDifference(
  difference: number,
  interval: Interval | null,
  unit: MetricInfo['unit'],
): DifferenceText {
  const scale = unit === 'share' ? 100 : 1
  const width = interval === null ? 0 : (interval[1] - interval[0]) * scale
  const decimals = decimalsFor(width > 0 ? width : difference * scale)
  const number = (value: number) => formatFixed(value * scale, decimals)
  return {
    difference: unit === 'share' ? `${number(difference)} points` : number(difference),
    interval: interval === null ? null : `${number(interval[0])} to ${number(interval[1])}`,
  }
}

function decimalsFor(size: number): number {
  if (size === 0) return 1
  return Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(Math.abs(size)))))
}

/** `p = 0.34`, `p = 0.021`, `p < 0.001`. */
export function formatPValue(pValue: number): string {
  if (pValue < 0.001) return 'p < 0.001'
  if (pValue >= 0.9995) return 'p = 1'
  // 0.0499 and 0.0501 must not read the same.
  if (Math.abs(pValue - SIGNIFICANCE) < 0.0005) return `p = ${formatFixed(pValue, 4)}`
  const decimals = pValue >= 0.0995 ? 2 : pValue >= 0.00995 ? 3 : 4
  return `p = ${formatFixed(pValue, decimals)}`
}
