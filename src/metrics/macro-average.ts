import type { MetricValue } from '../core/metric'

/** Plain mean over the classes whose figure is defined; null where none is. */
export function macroAverage(figures: readonly MetricValue[]): MetricValue {
  const defined = figures.filter((figure) => figure !== null)
  if (defined.length === 0) return null
  return defined.reduce((sum, figure) => sum + figure, 0) / defined.length
}
