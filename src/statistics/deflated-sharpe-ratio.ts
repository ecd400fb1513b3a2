import type { MetricValue } from '../core/metric'
import { expectedMaximumSharpe } from './expected-maximum-sharpe'
import { probabilisticSharpeRatio } from './probabilistic-sharpe-ratio'
import type { ReturnMoments } from './return-moments'

/**
 * Probability that a policy has more skill than the luckiest of all policies tried would show without
 * any: the probabilistic Sharpe ratio against `expectedMaximumSharpe`. `trials` holds the per-period
 * Sharpe ratio of every policy tried, this one among them, null where it has none: such a policy was
 * tried, but adds nothing to the variance of the ratios (taken with n − 1). With one policy it is the
 * plain probability of a ratio above 0. Null where `probabilisticSharpeRatio` is.
 *
 * D. H. Bailey & M. López de Prado (2014), The deflated Sharpe ratio, Journal of Portfolio Management
 * 40(5), 94–107.
 */
export function deflatedSharpeRatio(
  moments: ReturnMoments | null,
  trials: readonly MetricValue[],
): MetricValue {
  const ratios = trials.filter((ratio) => ratio !== null)
  const benchmark = expectedMaximumSharpe(trials.length, sampleVariance(ratios))
  return probabilisticSharpeRatio(moments, benchmark)
}

function sampleVariance(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}
