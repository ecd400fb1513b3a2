import type { MetricValue, RegressionAnswers } from '../core/metric'
import type { RegressionEvidence } from './evidence'

/** Keeps of a model's answers what comparisons need: the answers. */
export function regressionEvidence(
  { predicted }: RegressionAnswers,
  metrics: Readonly<Record<string, MetricValue>>,
): RegressionEvidence {
  return { kind: 'regression', metrics, predicted }
}
