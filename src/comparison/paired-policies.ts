import type { PolicyLuck } from '../core/comparison'
import type { Direction, MetricValue } from '../core/metric'
import { backtestOverfitting } from '../statistics/backtest-overfitting'
import { RESAMPLES } from '../statistics/bootstrap'
import { deflatedSharpeRatio } from '../statistics/deflated-sharpe-ratio'
import { friedmanTest } from '../statistics/friedman-test'
import { nemenyiCriticalDifference } from '../statistics/nemenyi-test'
import { probabilisticSharpeRatio } from '../statistics/probabilistic-sharpe-ratio'
import { returnMoments } from '../statistics/return-moments'
import { SIGNIFICANCE } from '../core/comparison'
import type { PolicyEvidence } from './evidence'
import type { PairedModels } from './paired-metric'
import { sharpeMetric } from './sharpe-metric'

export interface PolicyPairing {
  readonly bars: number
  readonly seed: number
  /** Policies that were given, those without figures too. */
  readonly trials: number
  readonly primaryMetric: { readonly id: string; readonly direction: Direction }
  /** For tests. */
  readonly resamples?: number
}

const OTHER_SHARPE =
  'This convention has a Sharpe ratio of its own, for which there is no interval and no test.'

/**
 * Policies that traded the same bars: their Sharpe ratios by the stationary bootstrap, and whether the
 * best of them was just lucky.
 */
export function pairedPolicies(
  given: readonly PolicyEvidence[],
  pairing: PolicyPairing,
): PairedModels {
  // Returns of other bars cannot be paired.
  const models = given.map((model) => {
    const isSame = model.returns?.length === pairing.bars - 1
    return isSame ? model : { ...model, returns: null }
  })
  const sharpe = sharpeMetric(models, pairing.seed, pairing.resamples ?? RESAMPLES)
  const luck = policyLuck(models, pairing)
  const metrics = sharpe === null ? [] : [sharpe]
  return { rows: pairing.bars, metrics, luck, notes: sharpe === null ? [OTHER_SHARPE] : [] }
}

function policyLuck(
  models: readonly PolicyEvidence[],
  { trials, primaryMetric }: PolicyPairing,
): PolicyLuck<number> {
  const moments = models.map(({ returns }) => returns && returnMoments(returns))
  const tried: MetricValue[] = moments.map((moment) => moment?.sharpe ?? null)
  while (tried.length < trials) tried.push(null)
  const returns = models.flatMap((model) => model.returns ?? [])
  const overfitting = returns.length < models.length ? null : backtestOverfitting(returns)
  const windows = models.map((model) =>
    model.windows.map((window) => window[primaryMetric.id] ?? null),
  )
  const friedman = friedmanTest(windows, primaryMetric.direction)
  return {
    policies: moments.map((moment, model) => ({
      model,
      probabilisticSharpe: probabilisticSharpeRatio(moment, 0),
      deflatedSharpe: deflatedSharpeRatio(moment, tried),
    })),
    trials,
    overfitting: overfitting && {
      probability: overfitting.probability,
      splits: overfitting.splits,
    },
    windows: friedman && {
      count: friedman.windows,
      averageRanks: friedman.averageRanks.map((rank, model) => ({ model, rank })),
      pValue: friedman.imanDavenport.pValue,
      criticalDifference: nemenyiCriticalDifference(models.length, friedman.windows, SIGNIFICANCE),
    },
  }
}
