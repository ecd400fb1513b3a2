import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { cagr } from './cagr'
import { finiteOrNull } from './finite-or-null'
import { maxDrawdown } from './max-drawdown'
import { RETURN_NOISE } from './return-noise'

/**
 * Calmar ratio: compound annual growth ÷ largest drawdown. Null where equity never falls or the growth
 * is undefined.
 *
 * empyrical: `calmar_ratio`. T. W. Young (1991), Calmar Ratio: A Smoother Tool, Futures 20(1).
 * Cost: one pass.
 */
export function calmar(result: Pick<PolicyResult, 'equity' | 'periodsPerYear'>): MetricValue {
  const growth = cagr(result)
  const drawdown = maxDrawdown(result)
  if (growth === null || drawdown === null || drawdown <= RETURN_NOISE) return null
  return finiteOrNull(growth / drawdown)
}
