import { regressionMetrics } from '../metrics/regression-metrics'
import { rankOrder, type RankOrder } from '../statistics/rank-order'
import { resampledMedian } from '../statistics/resampled-median'
import {
  RESAMPLED_REGRESSION_FIGURES,
  resampledRegression,
} from '../statistics/resampled-regression'
import { resampledSpearman } from '../statistics/resampled-spearman'
import { bootstrapMetric, type RowMeans } from './bootstrap-metric'
import { ErrorTests } from './error-tests'
import type { RegressionEvidence } from './evidence'
import { FigureGroup, type MetricColumns } from './figure-group'
import type { NamedTest, PairedMetric, PairedModels } from './paired-metric'
import { labelOf, resampleGroups, type Resampling } from './resample-groups'

/** Metrics of the size of an error, on which the test of its kind is made. */
const ABSOLUTE_ERROR = new Set(['mae', 'medianAbsoluteError'])
const SQUARED_ERROR = new Set(['rmse', 'r2'])

const ORDERED =
  'Rows are in the order of time: errors are compared by Diebold–Mariano, which allows for rows that depend on those before them; intervals take rows as independent.'

type Models = readonly RegressionEvidence[]

/**
 * Regressors that answered the same rows. Intervals: the paired bootstrap, BCa for MAE and MAPE,
 * percentiles elsewhere; the largest error has none, as resamples cannot exceed it. Tests: on squared
 * error Diebold–Mariano where rows are ordered in time, else Wilcoxon's signed ranks; on absolute
 * error the same; the paired bootstrap for the rest.
 */
export function pairedRegressors(
  truth: Float64Array,
  models: Models,
  isTimeOrdered: boolean,
  resampling: Omit<Resampling, 'rows' | 'models' | 'label'>,
): PairedModels {
  const rows = truth.length
  const { columns, notes } = resampleGroups([sumGroup(truth, models), rankGroup(truth, models)], {
    ...resampling,
    rows,
    models: models.length,
    label: labelOf(regressionMetrics),
  })
  const errors = new ErrorTests(truth, models, isTimeOrdered)
  const metrics = columns.map((column): PairedMetric => {
    const { id, resamples, figures } = column
    const means = rowMeans(column, truth, models)
    const test = fittingTest(id, errors)
    return bootstrapMetric({ id, resamples, figures, means, ...(test === null ? {} : { test }) })
  })
  return { rows, metrics, notes: isTimeOrdered ? [ORDERED, ...notes] : notes }
}

function sumGroup(truth: Float64Array, models: Models): FigureGroup {
  const group = new FigureGroup()
  models.forEach(({ predicted }, model) => {
    group.add(
      resampledRegression(truth, predicted),
      RESAMPLED_REGRESSION_FIGURES.map((id) => ({ id, model })),
    )
  })
  return group
}

function rankGroup(truth: Float64Array, models: Models): FigureGroup {
  const group = new FigureGroup()
  const rows = truth.length
  let truthOrder: RankOrder | null = null
  const orderOfTruth = () => (truthOrder ??= rankOrder(truth))
  models.forEach(({ predicted, metrics }, model) => {
    const errors = () => truth.map((actual, row) => Math.abs((predicted[row] as number) - actual))
    group.add(resampledMedian(rows, errors), [{ id: 'medianAbsoluteError', model }])
    if ((metrics['spearman'] ?? null) === null) return
    const spearman = resampledSpearman(rows, orderOfTruth, () => rankOrder(predicted))
    group.add(spearman, [{ id: 'spearman', model }])
  })
  return group
}

function rowMeans(
  { id, estimates }: MetricColumns,
  truth: Float64Array,
  models: Models,
): RowMeans | null {
  if (id !== 'mae' && id !== 'mape') return null
  const rows = truth.length
  return {
    rows,
    estimates,
    value: (model, row) => {
      const actual = truth[row] as number
      const size = Math.abs((models[model]?.predicted[row] ?? NaN) - actual)
      return id === 'mae' ? size : size / Math.max(Math.abs(actual), Number.EPSILON)
    },
  }
}

function fittingTest(
  id: string,
  errors: ErrorTests,
): ((first: number, second: number) => NamedTest | null) | null {
  if (ABSOLUTE_ERROR.has(id)) return (first, second) => errors.test('absolute', first, second)
  if (!SQUARED_ERROR.has(id)) return null
  return (first, second) => {
    const test = errors.test('squared', first, second)
    // R² rises where errors fall.
    if (id !== 'r2' || test?.direction === undefined) return test
    return { ...test, direction: -test.direction }
  }
}
