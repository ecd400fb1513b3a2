import type { MetricValue, RegressionAnswers } from '../core/metric'
import { pearson } from './pearson'
import { ranks } from './ranks'

/**
 * Spearman's rank correlation of truth and answers, −1 to 1: whether they rise together, in
 * whatever shape. Equal values share their mean rank. Null with fewer than two rows, where truth
 * or answers are constant (SciPy gives NaN), or with a NaN answer.
 *
 * SciPy: `scipy.stats.spearmanr(truth, predicted)`. Cost: two native sorts, n log n.
 */
export function spearman({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  return pearson({ rows, truth: ranks(truth), predicted: ranks(predicted) })
}
