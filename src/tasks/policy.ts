import { success } from '../core/failure'
import { DEFAULT_POLICY_METRIC, policyMetrics } from '../metrics/policy-metrics'
import { metricInfo } from './metric-info'
import { preparePolicies } from './policy/prepare-policies'
import { scorePolicy } from './policy/score-policy'
import type { Task } from './task'

/** What does a policy earn in a market? */
export const policy: Task = {
  info: {
    kind: 'policy',
    label: 'Policy (backtest)',
    metrics: policyMetrics.map(metricInfo),
    defaultMetric: DEFAULT_POLICY_METRIC,
  },
  prepare: preparePolicies,
  score: scorePolicy,
  pair: ({ targets }) =>
    success({ rows: targets.kind === 'policy' ? targets.bars : 0, metrics: [], notes: [] }),
}
