import { describe, expect, it } from 'vitest'
import { AreaTests } from '../../../src/comparison/area-tests'
import { classificationEvidence } from '../../../src/comparison/classification-evidence'
import type { PairedMetric, PairedModels } from '../../../src/comparison/paired-metric'
import { pairedClassifiers } from '../../../src/comparison/paired-classifiers'
import { pairedRegressors } from '../../../src/comparison/paired-regressors'
import { regressionEvidence } from '../../../src/comparison/regression-evidence'
import { classificationMetrics } from '../../../src/metrics/classification-metrics'
import { classificationShared } from '../../../src/metrics/classification-shared'
import { regressionMetrics } from '../../../src/metrics/regression-metrics'
import {
  statisticsReference,
  type ClassificationCase,
  type RegressionCase,
} from '../statistics/statistics-reference'

function classifiers({ classes, truth, models }: ClassificationCase, order = [0, 1]) {
  const actual = Int32Array.from(truth)
  return order.map((place) => {
    const model = models[place] as ClassificationCase['models'][number]
    const answers = {
      rows: truth.length,
      classes,
      truth: actual,
      predicted: Int32Array.from(model.predicted),
      probabilities: Float64Array.from(model.probabilities),
    }
    const shared = classificationShared(answers)
    const metrics = Object.fromEntries(
      classificationMetrics.map(({ id, compute }) => [id, compute(answers, shared)]),
    )
    return classificationEvidence(answers, metrics)
  })
}

function regressors({ truth, models }: RegressionCase, order = [0, 1]) {
  const actual = Float64Array.from(truth)
  return order.map((place) => {
    const predicted = Float64Array.from(models[place]?.predicted ?? [])
    const answers = { rows: truth.length, truth: actual, predicted }
    const metrics = Object.fromEntries(
      regressionMetrics.map(({ id, compute }) => [id, compute(answers)]),
    )
    return regressionEvidence(answers, metrics)
  })
}

function metricOf({ metrics }: PairedModels, id: string): PairedMetric {
  const metric = metrics.find((candidate) => candidate.id === id)
  if (metric === undefined) throw new Error(`No ${id}.`)
  return metric
}

/** Per-row losses of classifiers are kept as float32. */
function expectIntervals(
  paired: PairedModels,
  expected: Pick<ClassificationCase, 'intervals' | 'differences'>,
  tolerance: number,
) {
  const near = (
    actual: readonly [number, number] | null,
    [low, high]: readonly [number, number],
    name: string,
  ) => {
    expect(Math.abs((actual?.[0] ?? NaN) - low), `${name}, low`).toBeLessThan(tolerance)
    expect(Math.abs((actual?.[1] ?? NaN) - high), `${name}, high`).toBeLessThan(tolerance)
  }
  for (const [id, difference] of Object.entries(expected.differences)) {
    const metric = metricOf(paired, id)
    expected.intervals.forEach((intervals, model) => {
      near(metric.interval(model), intervals[id] ?? [NaN, NaN], `${id} of ${String(model)}`)
    })
    near(metric.differenceInterval(0, 1), difference, `difference of ${id}`)
    near(metric.differenceInterval(0, 0), [0, 0], `${id} against itself`)
  }
}

describe('paired classifiers', () => {
  it('have the intervals of scikit-learn’s figures over the same resamples, every metric', () => {
    for (const reference of statisticsReference.classification) {
      const { truth, seed, resamples } = reference
      const options = { seed, resamples }
      const paired = pairedClassifiers(Int32Array.from(truth), classifiers(reference), options)
      expectIntervals(paired, reference, 3e-7)
      expect(paired.notes).toEqual([])
    }
  })

  it('give the same p and mirrored intervals when swapped, and p = 1 against itself', () => {
    for (const reference of statisticsReference.classification) {
      const { truth, seed, resamples } = reference
      const actual = Int32Array.from(truth)
      const one = pairedClassifiers(actual, classifiers(reference), { seed, resamples })
      const other = pairedClassifiers(actual, classifiers(reference, [1, 0]), { seed, resamples })
      for (const metric of one.metrics) {
        const swapped = metricOf(other, metric.id)
        expect(swapped.test(0, 1)?.pValue, metric.id).toBeCloseTo(
          metric.test(0, 1)?.pValue ?? NaN,
          12,
        )
        expect(metric.test(0, 0)?.pValue, metric.id).toBe(1)
        const [low, high] = metric.differenceInterval(0, 1) ?? [NaN, NaN]
        const [mirroredLow, mirroredHigh] = swapped.differenceInterval(0, 1) ?? [NaN, NaN]
        expect(mirroredLow, metric.id).toBeCloseTo(-high, 9)
        expect(mirroredHigh, metric.id).toBeCloseTo(-low, 9)
      }
    }
  })

  it('are tested by McNemar, DeLong and the bootstrap', () => {
    const [binary, multi] = statisticsReference.classification.map((reference) =>
      pairedClassifiers(Int32Array.from(reference.truth), classifiers(reference), { seed: 0 }),
    ) as [PairedModels, PairedModels]
    expect(metricOf(binary, 'accuracy').test(0, 1)?.test).toMatch(/^mcnemar/)
    expect(metricOf(binary, 'rocAuc').test(0, 1)?.test).toBe('delong')
    expect(metricOf(multi, 'rocAuc').test(0, 1)?.test).toBe('paired-bootstrap')
    expect(metricOf(binary, 'f1Macro').test(0, 1)?.test).toBe('paired-bootstrap')
    expect(metricOf(binary, 'accuracy').method).toEqual({ method: 'bca', resamples: 2000 })
    expect(metricOf(binary, 'mcc').method).toEqual({ method: 'percentile', resamples: 2000 })
  })

  it('agree with DeLong’s interval of the area where both are made', () => {
    const [reference] = statisticsReference.classification
    if (reference === undefined) throw new Error('No case.')
    const models = classifiers(reference)
    const truth = Int32Array.from(reference.truth)
    const resampled = metricOf(pairedClassifiers(truth, models, { seed: 1 }), 'rocAuc')
    const delong = new AreaTests(truth, models).metric()
    expect(delong?.method).toEqual({ method: 'delong', resamples: null })
    const pairs = [
      [resampled.interval(0), delong?.interval(0)],
      [resampled.interval(1), delong?.interval(1)],
      [resampled.differenceInterval(0, 1), delong?.differenceInterval(0, 1)],
    ]
    for (const [one, other] of pairs) {
      expect(Math.abs((one?.[0] ?? NaN) - (other?.[0] ?? NaN))).toBeLessThan(0.01)
      expect(Math.abs((one?.[1] ?? NaN) - (other?.[1] ?? NaN))).toBeLessThan(0.01)
    }
  })

  it('leave out of a metric the model that lacks it', () => {
    const [reference] = statisticsReference.classification
    if (reference === undefined) throw new Error('No case.')
    const [scored, labelled] = classifiers(reference) as [
      ReturnType<typeof classificationEvidence>,
      ReturnType<typeof classificationEvidence>,
    ]
    const models = [scored, { ...labelled, scores: null }]
    const paired = pairedClassifiers(Int32Array.from(reference.truth), models, { seed: 0 })
    expect(metricOf(paired, 'logLoss').interval(0)).not.toBeNull()
    expect(metricOf(paired, 'logLoss').interval(1)).toBeNull()
    expect(metricOf(paired, 'logLoss').test(0, 1)).toBeNull()
    expect(metricOf(paired, 'accuracy').interval(1)).not.toBeNull()
  })
})

describe('paired regressors', () => {
  it('have the intervals of scikit-learn’s figures over the same resamples, every metric', () => {
    for (const reference of statisticsReference.regression) {
      const { truth, seed, resamples } = reference
      const paired = pairedRegressors(Float64Array.from(truth), regressors(reference), false, {
        seed,
        resamples,
      })
      expectIntervals(paired, reference, 1e-9)
    }
  })

  it('are tested by Wilcoxon, or by Diebold–Mariano in the order of time', () => {
    const [reference] = statisticsReference.regression
    if (reference === undefined) throw new Error('No case.')
    const truth = Float64Array.from(reference.truth)
    const models = regressors(reference)
    const options = { seed: 0, resamples: 200 }
    const shuffled = pairedRegressors(truth, models, false, options)
    const ordered = pairedRegressors(truth, models, true, options)
    expect(metricOf(shuffled, 'rmse').test(0, 1)?.test).toBe('wilcoxon-normal')
    expect(metricOf(ordered, 'rmse').test(0, 1)?.test).toBe('diebold-mariano')
    expect(metricOf(ordered, 'mape').test(0, 1)?.test).toBe('paired-bootstrap')
    // The second model has the smaller errors: what falls in RMSE rises in R².
    expect(metricOf(shuffled, 'rmse').test(0, 1)?.direction).toBe(-1)
    expect(metricOf(shuffled, 'r2').test(0, 1)?.direction).toBe(1)
    expect(metricOf(ordered, 'rmse').test(0, 1)?.statistic).toBeLessThan(0)
    expect(metricOf(ordered, 'rmse').test(1, 1)?.pValue).toBe(1)
  })
})
