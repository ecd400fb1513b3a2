import { readFileSync } from 'node:fs'
import type { AccountFeature, ActionMeaning, Fill } from '../../../../src/core/policy'
import type { MetricValue } from '../../../../src/core/metric'
import type { ReplayMarket } from '../../../../src/tasks/policy/backtest'

/** One rollout by stable-baselines3, as `policies.expected.json` holds it. */
export interface Rollout {
  readonly start: number
  readonly end: number
  readonly fill: Fill
  readonly finalEquity: number
  readonly metrics: Readonly<Record<string, number>>
  /** One digit per decision. */
  readonly actions: string
  readonly firstTrades: readonly Readonly<Record<string, number | string>>[]
}

export interface SamplePolicy {
  readonly actionNames: readonly ActionMeaning[]
  readonly accountFeatures: readonly AccountFeature[]
  readonly recurrent: boolean
  readonly whole: Rollout
  readonly wholeCloseFill: Rollout
  readonly perWindow: readonly Rollout[]
}

interface Samples {
  readonly features: readonly string[]
  readonly windows: { readonly initial: number; readonly step: number }
  readonly policy: {
    readonly fee: number
    readonly initialBalance: number
    readonly size: number
    readonly periodsPerYear: number
  }
  readonly models: Readonly<Record<string, SamplePolicy>>
}

export const samples = readJson('policies.expected.json') as Samples

/** A market and actions that are not in the samples, with the figures of `make_policy.py`. */
export interface BacktestCase {
  readonly name: string
  readonly actions: readonly ActionMeaning[]
  readonly rules: {
    readonly fill: Fill
    readonly fee: number
    readonly size: number
    readonly initialBalance: number
  }
  readonly periodsPerYear: number
  readonly market: Readonly<Record<'open' | 'close' | 'spread', readonly number[]>>
  readonly answers: readonly number[]
  readonly equity: readonly number[]
  readonly unrealized: readonly number[]
  readonly trades: readonly Readonly<Record<string, number | string>>[]
  readonly exposed: number
  readonly ruined: boolean
  readonly expected: Readonly<Record<string, MetricValue>>
}

export interface CurveCase {
  readonly name: string
  readonly equity: readonly number[]
  readonly pnl: readonly number[]
  readonly exposed: number
  readonly periodsPerYear: number
  readonly expected: Readonly<Record<string, MetricValue>>
}

type Figures = Readonly<Record<string, MetricValue>>

export interface ConventionCase {
  readonly name: string
  readonly equity: readonly number[]
  readonly trades: readonly {
    readonly side: 'long' | 'short'
    readonly entryIndex: number
    readonly exitIndex: number
    readonly entryPrice: number
    readonly exitPrice: number
    readonly bars: number
    readonly units: number
    readonly pnl: number
  }[]
  readonly exposed: number
  readonly periodsPerYear: number
  readonly times: readonly number[]
  readonly quantstats: Figures
  readonly empyrical: Figures
  readonly 'backtesting.py': Figures
}

export const reference = readJson('policy-metrics.expected.json') as {
  readonly backtests: readonly BacktestCase[]
  readonly curves: readonly CurveCase[]
  readonly conventions: readonly ConventionCase[]
}

const lines = readFileSync(
  new URL('../../../fixtures/policies/market-15min.csv', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => line.split(','))

/** One column of the sample market as texts. */
export function sampleTexts(name: string): string[] {
  const index = lines[0]?.indexOf(name) ?? -1
  return lines.slice(1).map((cells) => cells[index] ?? '')
}

/** One column of the sample market as numbers. */
export function sampleColumn(name: string): Float64Array {
  return Float64Array.from(sampleTexts(name), Number)
}

export const sampleColumns: readonly string[] = lines[0] ?? []

export const sampleMarket: ReplayMarket = {
  rows: lines.length - 1,
  open: sampleColumn('open'),
  close: sampleColumn('close'),
  spread: sampleColumn('spread'),
  times: Float64Array.from(sampleTexts('time'), Date.parse),
}

export function digits(actions: string): Uint8Array {
  return Uint8Array.from(actions, Number)
}

function readJson(name: string): unknown {
  return JSON.parse(
    readFileSync(new URL(`../../../reference/${name}`, import.meta.url), 'utf8'),
  ) as unknown
}
