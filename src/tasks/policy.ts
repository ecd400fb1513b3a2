import type { Evidence, PolicyEvidence } from '../comparison/evidence'
import { pairedPolicies } from '../comparison/paired-policies'
import { failed, success } from '../core/failure'
import { DEFAULT_POLICY_METRIC, policyMetrics } from '../metrics/policy-metrics'
import { metricInfo } from './metric-info'
import { preparePolicies } from './policy/prepare-policies'
import { scorePolicy } from './policy/score-policy'
import type { PairedAnswers, Task } from './task'

/** What does a policy earn in a market? */
export const policy: Task = {
  info: {
    kind: 'policy',
    label: 'Policy (backtest)',
    metrics: policyMetrics.map(metricInfo),
    defaultMetric: DEFAULT_POLICY_METRIC,
  },
  prepare: preparePolicies,
  score: (answered, _keepRows, keepEvidence) => scorePolicy(answered, keepEvidence),
  pair,
}

function pair({ evidence, targets, seed, trials, primaryMetric }: PairedAnswers) {
  const models = evidence.filter(isPolicy)
  if (targets.kind !== 'policy' || models.length < evidence.length) {
    return failed('internal', 'Actions and windows do not belong together.', 'Compare again.')
  }
  const [whole] = targets.windows
  const bars = whole === undefined ? targets.bars : whole.end - whole.start
  return success(pairedPolicies(models, { bars, seed, trials, primaryMetric }))
}

function isPolicy(evidence: Evidence): evidence is PolicyEvidence {
  return evidence.kind === 'policy'
}
