import type { MetricValue } from '../core/metric'
import type { PolicyResult } from '../core/policy'
import { calendarReturns, type CalendarReturns } from './calendar-returns'
import { compensatedSum } from './compensated-sum'
import { downsideDeviation } from './downside-deviation'
import { finiteOrNull } from './finite-or-null'
import { maxDrawdown } from './max-drawdown'
import { quantstatsMetrics } from './quantstats-metrics'
import { RETURN_NOISE } from './return-noise'
import { sampleDeviation } from './sample-deviation'

/**
 * Where backtesting.py (2026, `backtesting/_stats.py`) differs from Bakeoff, as shares where it prints
 * percent. Annual figures come from equity resampled to days (see {@link calendarReturns}), so they
 * need a time column and at least one change of day; `cagr` is its "Return (Ann.)". Volatility is that
 * of compounded returns, Sharpe and Sortino divide the annual return, profit factor sums the trades'
 * returns instead of their money, exposure counts the bars from entry to exit, both included.
 */
export const backtestingMetrics = {
  cagr: annualReturn,
  volatility: annualVolatility,
  sharpe: (result) => ratio(annualReturn(result), annualVolatility(result)),
  sortino: annualSortino,
  maxDrawdown: quantstatsMetrics.maxDrawdown,
  calmar: (result) => ratio(annualReturn(result), maxDrawdown(result)),
  profitFactor: tradeReturnFactor,
  exposure: barsInTrades,
} satisfies Readonly<Record<string, (result: PolicyResult) => MetricValue>>

function calendarOf({ equity, times }: PolicyResult): CalendarReturns | null {
  const calendar = times === null ? null : calendarReturns(equity, times)
  return calendar === null || calendar.returns.length === 0 ? null : calendar
}

/** (1 + g)^A − 1 of the geometric mean g; 0 where a day loses everything, as it has it. */
function annualReturn(result: PolicyResult): MetricValue {
  const calendar = calendarOf(result)
  return calendar === null ? null : finiteOrNull(growth(calendar) ** calendar.periodsPerYear - 1)
}

/** 1 + the geometric mean of the returns. */
function growth({ returns }: CalendarReturns): number {
  if (returns.some((value) => value <= -1)) return 1
  const logs = compensatedSum(returns.length, (day) => Math.log1p(returns[day] as number))
  return Math.exp(logs / returns.length)
}

/** √((variance + (1 + g)²)^A − (1 + g)^(2A)). */
function annualVolatility(result: PolicyResult): MetricValue {
  const calendar = calendarOf(result)
  const deviation = calendar === null ? null : sampleDeviation(calendar.returns)
  if (calendar === null || deviation === null) return null
  const square = growth(calendar) ** 2
  const years = calendar.periodsPerYear
  return finiteOrNull(Math.sqrt((deviation ** 2 + square) ** years - square ** years))
}

function annualSortino(result: PolicyResult): MetricValue {
  const calendar = calendarOf(result)
  if (calendar === null) return null
  const downside = downsideDeviation(calendar.returns) * Math.sqrt(calendar.periodsPerYear)
  return ratio(annualReturn(result), downside)
}

function tradeReturnFactor({ trades }: PolicyResult): MetricValue {
  const share = (index: number): number => {
    const trade = trades[index]
    return trade === undefined ? 0 : trade.pnl / (trade.units * trade.entryPrice)
  }
  const gains = compensatedSum(trades.length, (index) => Math.max(share(index), 0))
  const losses = compensatedSum(trades.length, (index) => Math.max(-share(index), 0))
  return losses === 0 ? null : finiteOrNull(gains / losses)
}

function barsInTrades({ equity, trades }: PolicyResult): MetricValue {
  if (equity.length === 0) return null
  const isHeld = new Uint8Array(equity.length)
  for (const { entryIndex, exitIndex } of trades) isHeld.fill(1, entryIndex, exitIndex + 1)
  return isHeld.reduce((count, flag) => count + flag, 0) / equity.length
}

function ratio(over: MetricValue, under: MetricValue): MetricValue {
  if (over === null || under === null || under <= RETURN_NOISE) return null
  return finiteOrNull(over / under)
}
