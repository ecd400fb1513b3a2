import type { MetricValue, RegressionAnswers } from '../core/metric'
import { finiteOrNull } from './finite-or-null'
import { mean } from './mean'

/**
 * Mean absolute percentage error, as a share (0.1 is 10 %): mean of |error| ÷ |truth|. A truth of 0
 * counts as 2⁻⁵², as in scikit-learn, which makes the figure huge where such a row is not answered
 * exactly. Null without rows or with an answer that is not finite.
 *
 * scikit-learn: `mean_absolute_percentage_error(truth, predicted)`. Cost: one pass.
 */
export function mape({ rows, truth, predicted }: RegressionAnswers): MetricValue {
  return finiteOrNull(
    mean(rows, (row) => {
      const actual = truth[row] as number
      return (
        Math.abs((predicted[row] as number) - actual) / Math.max(Math.abs(actual), Number.EPSILON)
      )
    }),
  )
}
