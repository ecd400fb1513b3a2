import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { compensatedSum } from './compensated-sum'
import { finiteOrNull } from './finite-or-null'
import { maxDrawdown } from './max-drawdown'
import { periodReturns } from './period-returns'

/**
 * Where quantstats (0.0.81, `quantstats/stats.py`) differs from Bakeoff: drawdown has a negative sign,
 * and win rate, profit factor and exposure are counted over the returns of single bars, not over
 * trades; exposure is rounded up to a whole percent. The periods per year are its `periods` argument.
 * It prints infinities and zeros where a figure is undefined; here those are null.
 */
export const quantstatsMetrics = {
  maxDrawdown: signedDrawdown,
  winRate: barWinRate,
  profitFactor: barProfitFactor,
  exposure: barExposure,
} satisfies Readonly<Record<string, (result: PolicyResult) => MetricValue>>

function signedDrawdown(result: PolicyResult): MetricValue {
  const drawdown = maxDrawdown(result)
  return drawdown === null ? null : drawdown === 0 ? 0 : -drawdown
}

/** Positive returns ÷ returns that are not zero. */
function barWinRate({ equity }: PolicyResult): MetricValue {
  const returns = periodReturns(equity)
  if (returns === null) return null
  const moved = returns.filter((value) => value !== 0).length
  return moved === 0 ? null : returns.filter((value) => value > 0).length / moved
}

function barProfitFactor({ equity }: PolicyResult): MetricValue {
  const returns = periodReturns(equity)
  if (returns === null) return null
  const { length } = returns
  const losses = compensatedSum(length, (t) => Math.max(-(returns[t] as number), 0))
  if (losses === 0) return null
  return finiteOrNull(compensatedSum(length, (t) => Math.max(returns[t] as number, 0)) / losses)
}

/** Returns that are not zero ÷ all, rounded up to a whole percent. */
function barExposure({ equity }: PolicyResult): MetricValue {
  const returns = periodReturns(equity)
  if (returns === null || returns.length === 0) return null
  const moved = returns.filter((value) => value !== 0).length
  return Math.ceil((moved / returns.length) * 100) / 100
}
