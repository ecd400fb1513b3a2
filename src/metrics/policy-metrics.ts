import type { MetricInfo, MetricValue } from '../core/metric'
import type { Convention, PolicyResult } from '../core/policy'
import { backtestingMetrics } from './backtesting-metrics'
import { cagr } from './cagr'
import { calmar } from './calmar'
import { empyricalMetrics } from './empyrical-metrics'
import { exposure } from './exposure'
import { maxDrawdown } from './max-drawdown'
import { policyScore } from './policy-score'
import { profitFactor } from './profit-factor'
import { quantstatsMetrics } from './quantstats-metrics'
import { sharpe } from './sharpe'
import { sortino } from './sortino'
import { totalReturn } from './total-return'
import { tradeCount } from './trade-count'
import { volatility } from './volatility'
import { winRate } from './win-rate'

export interface PolicyMetric extends MetricInfo {
  readonly compute: (result: PolicyResult) => MetricValue
}

export const DEFAULT_POLICY_METRIC = 'score'

type Line = readonly [
  id: string,
  label: string,
  unit: MetricInfo['unit'],
  direction: MetricInfo['direction'],
  compute: PolicyMetric['compute'],
  description: string,
]

// prettier-ignore
const lines: readonly Line[] = [
  ['score', 'Score', 'score', 'higher', policyScore, '0.6 × total return, 0.3 × calm (1 − twice the largest drawdown) and 0.05 × profit factor beyond 1.'],
  ['totalReturn', 'Total return', 'score', 'higher', totalReturn, 'Last equity relative to the first, after costs; 0.1 is 10 %.'],
  ['cagr', 'Annual return', 'score', 'higher', cagr, 'The total return as a yearly rate that compounds; 0.1 is 10 %.'],
  ['volatility', 'Volatility', 'score', 'lower', volatility, 'Spread of the returns, as a yearly rate.'],
  ['sharpe', 'Sharpe ratio', 'score', 'higher', sharpe, 'Mean return relative to its spread, as a yearly rate, without a risk-free rate.'],
  ['sortino', 'Sortino ratio', 'score', 'higher', sortino, 'As the Sharpe ratio, but only losses count as spread.'],
  ['maxDrawdown', 'Largest drawdown', 'score', 'lower', maxDrawdown, 'Largest loss from a peak of the equity; 0.1 is 10 %.'],
  ['calmar', 'Calmar ratio', 'score', 'higher', calmar, 'Annual return relative to the largest drawdown.'],
  ['trades', 'Trades', 'count', 'lower', tradeCount, 'Positions opened and closed again; each one costs.'],
  ['winRate', 'Win rate', 'share', 'higher', winRate, 'Share of trades that earned more than they cost.'],
  ['profitFactor', 'Profit factor', 'score', 'higher', profitFactor, 'Money earned by winning trades relative to money lost by the others.'],
  ['exposure', 'Exposure', 'share', 'lower', exposure, 'Share of bars at which a position is held.'],
]

/**
 * Every metric of a policy, in the order of the leaderboard. A new one is its file, its test and one
 * line above.
 */
export const policyMetrics: readonly PolicyMetric[] = lines.map(
  ([id, label, unit, direction, compute, description]) => ({
    id,
    label,
    direction,
    unit,
    description,
    compute,
  }),
)

const CONVENTIONS: Readonly<
  Record<Convention, Readonly<Partial<Record<string, PolicyMetric['compute']>>>>
> = {
  bakeoff: {},
  quantstats: quantstatsMetrics,
  empyrical: empyricalMetrics,
  'backtesting.py': backtestingMetrics,
}

/**
 * The same metrics as another library defines them; what it does not define stays Bakeoff's. The other
 * libraries write a drawdown as a negative number, so there the higher one is better.
 */
export function policyMetricsOf(convention: Convention): readonly PolicyMetric[] {
  if (convention === 'bakeoff') return policyMetrics
  return policyMetrics.map((metric) => {
    const compute = CONVENTIONS[convention][metric.id]
    if (compute === undefined) return metric
    const direction = metric.id === 'maxDrawdown' ? 'higher' : metric.direction
    const description = `${metric.description} As ${convention} computes it.`
    return { ...metric, direction, description, compute }
  })
}
