import type { MetricValue } from '../core/metric'
import { accuracy } from '../metrics/accuracy'
import { balancedAccuracy } from '../metrics/balanced-accuracy'
import { CALIBRATION_BINS } from '../metrics/calibration-curve'
import { classificationMetrics } from '../metrics/classification-metrics'
import { cohenKappa } from '../metrics/cohen-kappa'
import { f1Macro } from '../metrics/f1-macro'
import { f1Micro } from '../metrics/f1-micro'
import { f1Weighted } from '../metrics/f1-weighted'
import { mcc } from '../metrics/mcc'
import { precisionMacro } from '../metrics/precision-macro'
import { recallMacro } from '../metrics/recall-macro'
import { mcnemar } from '../statistics/mcnemar'
import { resampledCalibration } from '../statistics/resampled-calibration'
import { resampledConfusion, type ResampledConfusion } from '../statistics/resampled-confusion'
import { resampledMeans } from '../statistics/resampled-means'
import { resampledRoc } from '../statistics/resampled-roc'
import { AreaTests } from './area-tests'
import { bootstrapMetric, type RowMeans } from './bootstrap-metric'
import type { ClassificationEvidence } from './evidence'
import { FigureGroup, type MetricColumns } from './figure-group'
import type { NamedTest, PairedMetric, PairedModels } from './paired-metric'
import { labelOf, resampleGroups, type Resampling } from './resample-groups'

const labelMetrics = {
  accuracy,
  balancedAccuracy,
  precisionMacro,
  recallMacro,
  f1Macro,
  f1Micro,
  f1Weighted,
  mcc,
  cohenKappa,
}

type Models = readonly ClassificationEvidence[]

/**
 * Classifiers that answered the same rows. Intervals: the paired bootstrap; BCa where the metric is a
 * mean over rows, percentiles elsewhere; label metrics from counted outcomes, which is the same as
 * from rows. Tests: McNemar for accuracy, DeLong for ROC AUC of two classes, the paired bootstrap for
 * the rest.
 */
export function pairedClassifiers(
  truth: Int32Array,
  models: Models,
  resampling: Omit<Resampling, 'rows' | 'models' | 'label'>,
): PairedModels {
  const rows = truth.length
  const areas = new AreaTests(truth, models)
  const { columns, notes } = resampleGroups(
    [labelGroup(truth, models), lossGroup(models), rankGroup(models, areas)],
    { ...resampling, rows, models: models.length, label: labelOf(classificationMetrics) },
  )
  const metrics = columns.map((column): PairedMetric => {
    const { id, resamples, figures } = column
    const means = rowMeans(column, truth, models)
    const test = fittingTest(id, truth, models, areas)
    return bootstrapMetric({ id, resamples, figures, means, ...(test === null ? {} : { test }) })
  })
  const hasArea = metrics.some(({ id }) => id === 'rocAuc')
  const area = hasArea ? null : areas.metric()
  return { rows, metrics: area === null ? metrics : [...metrics, area], notes }
}

function labelGroup(truth: Int32Array, models: Models): FigureGroup {
  const group = new FigureGroup()
  const ids = Object.keys(labelMetrics)
  const answers = { rows: 0, classes: 0, truth, predicted: truth, probabilities: null }
  const compute = Object.values(labelMetrics).map(
    (metric) =>
      (confusion: ResampledConfusion): MetricValue =>
        metric(answers, { confusion, curves: null }),
  )
  group.add(
    resampledConfusion(truth, models, compute),
    models.flatMap((_, model) => ids.map((id) => ({ id, model }))),
  )
  return group
}

function lossGroup(models: Models): FigureGroup {
  const group = new FigureGroup()
  models.forEach(({ scores }, model) => {
    if (scores === null) return
    const { logLoss, brier, isInTop5, bins, gaps } = scores
    const columns = isInTop5 === null ? [logLoss, brier] : [logLoss, brier, isInTop5]
    const ids = ['logLoss', 'brier', 'top5Accuracy'].slice(0, columns.length)
    group.add(
      resampledMeans(columns),
      ids.map((id) => ({ id, model })),
    )
    group.add(resampledCalibration(bins, gaps, CALIBRATION_BINS), [{ id: 'ece', model }])
  })
  return group
}

function rankGroup(models: Models, areas: AreaTests): FigureGroup {
  const group = new FigureGroup()
  models.forEach(({ scores, metrics }, model) => {
    const rankings = scores?.rankings ?? null
    // A figure that is undefined for the rows as they are has no interval either.
    if (rankings === null || (metrics['rocAuc'] ?? null) === null) return
    const first = rankings.length === 1 ? 1 : 0
    const classes = rankings.map((ranking, index) => ({
      ranking,
      isPositive: areas.isPositive(first + index),
    }))
    group.add(resampledRoc(classes), [
      { id: 'rocAuc', model },
      { id: 'prAuc', model },
    ])
  })
  return group
}

function rowMeans(
  { id, estimates }: MetricColumns,
  truth: Int32Array,
  models: Models,
): RowMeans | null {
  const rows = truth.length
  if (id === 'accuracy' || id === 'f1Micro') {
    const value = (model: number, row: number) =>
      models[model]?.predicted[row] === truth[row] ? 1 : 0
    return { rows, estimates, value }
  }
  const losses = models.map(({ scores }) => {
    if (id === 'logLoss') return scores?.logLoss
    if (id === 'brier') return scores?.brier
    return id === 'top5Accuracy' ? scores?.isInTop5 : undefined
  })
  if (losses.every((loss) => loss === undefined || loss === null)) return null
  return { rows, estimates, value: (model, row) => losses[model]?.[row] ?? NaN }
}

function fittingTest(
  id: string,
  truth: Int32Array,
  models: Models,
  areas: AreaTests,
): ((first: number, second: number) => NamedTest | null) | null {
  if (id === 'rocAuc') return (first, second) => areas.test(first, second)
  if (id !== 'accuracy' && id !== 'f1Micro') return null
  return (first, second) => {
    const [one, other] = [models[first]?.predicted, models[second]?.predicted]
    if (one === undefined || other === undefined) return null
    let [onlyFirst, onlySecond] = [0, 0]
    for (let row = 0; row < truth.length; row += 1) {
      const isFirstRight = one[row] === truth[row]
      if (isFirstRight === (other[row] === truth[row])) continue
      if (isFirstRight) onlyFirst += 1
      else onlySecond += 1
    }
    const { statistic, pValue, isExact } = mcnemar(onlyFirst, onlySecond)
    return { test: isExact ? 'mcnemar-exact' : 'mcnemar-mid-p', statistic, pValue }
  }
}
