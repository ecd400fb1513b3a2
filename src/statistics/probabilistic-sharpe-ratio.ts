import type { MetricValue } from '../core/metric'
import { normalCdf } from './normal-distribution'
import type { ReturnMoments } from './return-moments'

/**
 * Probability that the true Sharpe ratio is above `benchmark`, given the one measured, the number of
 * returns, their skewness and their (non-excess) kurtosis. Both ratios are per period. Null without
 * moments, with fewer than two returns, or where the moments leave no variance for the estimate.
 *
 * D. H. Bailey & M. López de Prado (2012), The Sharpe ratio efficient frontier, Journal of Risk
 * 15(2), 3–44.
 */
export function probabilisticSharpeRatio(
  moments: ReturnMoments | null,
  benchmark: number,
): MetricValue {
  if (moments === null || moments.rows < 2) return null
  const { rows, sharpe, skewness, kurtosis } = moments
  const variance = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2
  if (!(variance > 0)) return null
  return normalCdf(((sharpe - benchmark) * Math.sqrt(rows - 1)) / Math.sqrt(variance))
}
