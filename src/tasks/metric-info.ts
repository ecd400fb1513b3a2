import type { MetricInfo } from '../core/metric'

/** The part of a registry line that can be cloned to the page. */
export function metricInfo({ id, label, direction, unit, description }: MetricInfo): MetricInfo {
  return { id, label, direction, unit, description }
}
