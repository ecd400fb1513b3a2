import { formatMetric, formatPoints, UNDEFINED_FIGURE } from '../core/format'
import type { MetricInfo } from '../core/metric'

/** `+1.0 points`, `−0.031`: candidate minus baseline, with its sign. */
export function formatDifference(
  difference: number | null,
  { unit }: Pick<MetricInfo, 'unit'>,
  rows: number,
  column: readonly (number | null)[],
): string {
  if (difference === null) return UNDEFINED_FIGURE
  const text =
    unit === 'share' ? formatPoints(difference) : formatMetric(difference, unit, rows, column)
  return difference > 0 && /[1-9]/.test(text) ? `+${text}` : text
}
