import type { MetricInfo } from '../core/metric'
import type { ModelScores } from '../core/report'

/** The scores of a model whose answers allow no figure at all. */
export function undefinedScores(
  metrics: readonly MetricInfo[],
  notes: readonly string[],
  warnings: readonly string[],
): ModelScores {
  return {
    metrics: Object.fromEntries(metrics.map(({ id }) => [id, null])),
    perClass: null,
    details: {},
    windows: null,
    notes,
    warnings,
  }
}
