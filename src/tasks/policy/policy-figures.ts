import type { PolicyResult } from '../../core/policy'
import type { ModelScores } from '../../core/report'
import type { PolicyMetric } from '../../metrics/policy-metrics'

/** Every metric of one result, by id. */
export function policyFigures(
  metrics: readonly PolicyMetric[],
  result: PolicyResult,
): ModelScores['metrics'] {
  return Object.fromEntries(metrics.map(({ id, compute }) => [id, compute(result)]))
}
