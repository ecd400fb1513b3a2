import type { Interval } from '../core/comparison'
import { formatFixed } from '../core/format'
import type { MetricInfo } from '../core/metric'

export interface DifferenceText {
  /** `1.0 points`, `0.15`. */
  readonly difference: string
  /** `0.2 to 1.8`; null without an interval. */
  readonly interval: string | null
}

/**
 * A difference with its interval, as text, in points for shares, with as many decimals as the interval
 * supports: two significant digits of its width.
 */
export function differenceText(
  difference: number,
  interval: Interval | null,
  unit: MetricInfo['unit'],
): DifferenceText {
  const scale = unit === 'share' ? 100 : 1
  const width = interval === null ? 0 : (interval[1] - interval[0]) * scale
  const supported = decimalsFor(width > 0 ? width : difference * scale)
  // A difference that is not 0 is not told as 0 for want of one digit.
  const isHidden = difference !== 0 && Number((difference * scale).toFixed(supported)) === 0
  const decimals = isHidden ? supported + 1 : supported
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
