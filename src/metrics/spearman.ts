import type { MetricValue, RegressionAnswers } from '../core/metric'
import { doubledRanks } from './doubled-ranks'
import { correlation } from './pearson'

/**
 * Spearman's rank correlation of truth and answers, −1 to 1: whether they rise together, in
 * whatever shape. Equal values share their mean rank. Null with fewer than two rows, where truth
 * or answers are constant (SciPy gives NaN), or with a NaN answer.
 *
 * SciPy: `scipy.stats.spearmanr(truth, predicted)`. Cost: two native sorts, n log n.
 */
export function spearman({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  const truthRanks = doubledRanks(truth)
  const answerRanks = doubledRanks(predicted)
  // Twice the ranks correlate as the ranks do.
  return truthRanks && answerRanks && correlation(rows, truthRanks, answerRanks)
}
