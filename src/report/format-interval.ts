import { formatMetric, UNDEFINED_FIGURE } from '../core/format'
import type { MetricInfo } from '../core/metric'

/** `0.971 to 0.989`, with the digits of the column that it stands beside. */
export function formatInterval(
  interval: readonly [number, number] | null,
  { unit }: Pick<MetricInfo, 'unit'>,
  rows: number,
  column: readonly (number | null)[],
): string {
  if (interval === null) return UNDEFINED_FIGURE
  const [low, high] = interval.map((value) => formatMetric(value, unit, rows, column))
  return `${low ?? ''} to ${high ?? ''}`
}
