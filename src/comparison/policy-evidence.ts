import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { periodReturns } from '../metrics/period-returns'
import type { PolicyEvidence } from './evidence'

type Figures = Readonly<Record<string, MetricValue>>

/** Keeps of a backtest what comparisons need: its returns from bar to bar. */
export function policyEvidence(
  { equity, periodsPerYear }: Pick<PolicyResult, 'equity' | 'periodsPerYear'>,
  metrics: Figures,
  windows: readonly Figures[],
): PolicyEvidence {
  return { kind: 'policy', metrics, returns: periodReturns(equity), periodsPerYear, windows }
}
