import type { MetricInfo, MetricValue, RegressionAnswers } from '../core/metric'
import { explainedVariance } from './explained-variance'
import { mae } from './mae'
import { mape } from './mape'
import { maxError } from './max-error'
import { medianAbsoluteError } from './median-absolute-error'
import { pearson } from './pearson'
import { r2 } from './r2'
import { rmse } from './rmse'
import { spearman } from './spearman'

export interface RegressionMetric extends MetricInfo {
  readonly compute: (answers: RegressionAnswers) => MetricValue
}

export const DEFAULT_REGRESSION_METRIC = 'rmse'

type Line = readonly [
  id: string,
  label: string,
  unit: MetricInfo['unit'],
  direction: MetricInfo['direction'],
  compute: RegressionMetric['compute'],
  description: string,
]

// prettier-ignore
const lines: readonly Line[] = [
  ['mae', 'MAE', 'target', 'lower', mae, 'Mean absolute error, in the unit of the target.'],
  ['rmse', 'RMSE', 'target', 'lower', rmse, 'Root mean squared error, in the unit of the target; large errors weigh more.'],
  ['r2', 'R²', 'score', 'higher', r2, 'Share of the target’s variance that the answers account for; 0 is as good as the mean.'],
  ['medianAbsoluteError', 'Median absolute error', 'target', 'lower', medianAbsoluteError, 'Half of the rows are closer than this, in the unit of the target.'],
  ['maxError', 'Largest error', 'target', 'lower', maxError, 'Largest absolute error, in the unit of the target.'],
  ['mape', 'MAPE', 'score', 'lower', mape, 'Mean absolute error relative to the true value; 0.1 is 10 %.'],
  ['explainedVariance', 'Explained variance', 'score', 'higher', explainedVariance, 'As R², but a constant offset of the answers costs nothing.'],
  ['pearson', 'Pearson correlation', 'score', 'higher', pearson, 'How well a straight line maps answers to truth, −1 to 1.'],
  ['spearman', 'Spearman correlation', 'score', 'higher', spearman, 'Whether answers and truth rise together, −1 to 1.'],
]

/**
 * Every metric of a regression, in the order of the leaderboard. A new one is its file, its test
 * and one line above.
 */
export const regressionMetrics: readonly RegressionMetric[] = lines.map(
  ([id, label, unit, direction, compute, description]) => ({
    id,
    label,
    direction,
    unit,
    description,
    compute,
  }),
)
