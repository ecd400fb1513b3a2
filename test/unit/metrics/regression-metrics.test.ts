import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MetricValue, RegressionAnswers } from '../../../src/core/metric'
import { explainedVariance } from '../../../src/metrics/explained-variance'
import { mae } from '../../../src/metrics/mae'
import { maxError } from '../../../src/metrics/max-error'
import { medianAbsoluteError } from '../../../src/metrics/median-absolute-error'
import { pearson } from '../../../src/metrics/pearson'
import { r2 } from '../../../src/metrics/r2'
import {
  DEFAULT_REGRESSION_METRIC,
  regressionMetrics,
} from '../../../src/metrics/regression-metrics'
import { rmse } from '../../../src/metrics/rmse'
import { spearman } from '../../../src/metrics/spearman'
import { randomRegression } from './random-answers'
import { expectFigure, reference, regressionAnswers } from './read-reference'

const IDS = 'mae rmse r2 medianAbsoluteError maxError mape explainedVariance pearson spearman'

function figures(answers: RegressionAnswers): Record<string, MetricValue> {
  return Object.fromEntries(regressionMetrics.map(({ id, compute }) => [id, compute(answers)]))
}

function answersOf(truth: readonly number[], predicted: readonly number[]): RegressionAnswers {
  return {
    rows: truth.length,
    truth: Float64Array.from(truth),
    predicted: Float64Array.from(predicted),
  }
}

describe('regressionMetrics', () => {
  it('holds every id of the report, in its order, and a default among them', () => {
    expect(regressionMetrics.map(({ id }) => id).join(' ')).toBe(IDS)
    expect(IDS.split(' ')).toContain(DEFAULT_REGRESSION_METRIC)
  })

  it.each(reference.regression)('agrees with scikit-learn and SciPy: $name', (entry) => {
    const actual = figures(regressionAnswers(entry))
    for (const id of IDS.split(' ')) expectFigure(actual[id], entry.expected[id] ?? null, id)
  })

  it('is null for every metric without rows', () => {
    const actual = figures(answersOf([], []))
    expect(Object.values(actual).filter((value) => value !== null)).toEqual([])
  })

  it('is null for every metric with an infinite answer', () => {
    const actual = figures(answersOf([1, 2, 3, 4], [Infinity, Infinity, Infinity, 4]))
    // Ranks know no infinity: the largest value is the largest value.
    expect(
      Object.entries(actual).filter(([id, value]) => id !== 'spearman' && value !== null),
    ).toEqual([])
  })

  it('is finite or null for any finite float64', () => {
    fc.assert(
      fc.property(randomRegression, (answers) => {
        for (const [id, value] of Object.entries(figures(answers))) {
          if (value !== null) expect(Number.isFinite(value), id).toBe(true)
        }
      }),
    )
  })

  it('measures errors whose squares overflow or vanish', () => {
    expectFigure(rmse(answersOf([0, 0], [3e200, 4e200])), Math.sqrt(12.5) * 1e200, 'rmse')
    expectFigure(r2(answersOf([1e200, 2e200, 3e200], [1e200, 2e200, 4e200])), 0.5, 'r2')
    expectFigure(r2(answersOf([1e-200, 2e-200, 3e-200], [1e-200, 2e-200, 4e-200])), 0.5, 'r2')
    expectFigure(pearson(answersOf([1e300, 2e300, 3e300], [1e-300, 2e-300, 3e-300])), 1, 'pearson')
    expectFigure(mae(answersOf([0, 0], [1.5e308, 1.5e308])), 1.5e308, 'mae')
  })

  it('knows a constant by its values, where its mean is rounded', () => {
    const constant = new Array<number>(3).fill(0.21000000000000002)
    const answers = answersOf(constant, [0.1, 0.2, 0.4])
    expect([r2(answers), explainedVariance(answers), pearson(answers)]).toEqual([0, 0, null])
  })

  it('says nothing where the spread itself overflows', () => {
    const answers = answersOf([1.7e308, -1.7e308], [1e308, -1e308])
    expect([r2(answers), explainedVariance(answers)]).toEqual([null, null])
    expect([pearson(answers), spearman(answers)]).toEqual([1, 1])
  })

  it('loses no digit over a million rows far from zero', () => {
    const rows = 1_000_000
    const truth = Float64Array.from({ length: rows }, (_, row) => 1e9 + (row % 2))
    const predicted = truth.map((value, row) => value + (row % 4 < 2 ? 0.25 : -0.25))
    const answers = { rows, truth, predicted }
    expectFigure(rmse(answers), 0.25, 'rmse')
    expectFigure(mae(answers), 0.25, 'mae')
    expectFigure(r2(answers), 0.75, 'r2')
    expectFigure(explainedVariance(answers), 0.75, 'explainedVariance')
  })
})

describe('identities', () => {
  it('mean, root mean square and largest error keep their order', () => {
    fc.assert(
      fc.property(randomRegression, (answers) => {
        const [least, middle, most] = [mae(answers), rmse(answers), maxError(answers)]
        fc.pre(least !== null && middle !== null && most !== null)
        expect(least).toBeLessThanOrEqual(middle * (1 + 1e-12))
        expect(middle).toBeLessThanOrEqual(most * (1 + 1e-12))
        expect(medianAbsoluteError(answers)).toBeLessThanOrEqual(most)
      }),
    )
  })

  it('R² never passes explained variance, and perfect answers have 1', () => {
    fc.assert(
      fc.property(randomRegression, (answers) => {
        fc.pre(answers.rows > 1)
        expect(r2({ ...answers, predicted: answers.truth }) ?? 1).toBe(1)
        const [strict, lenient] = [r2(answers), explainedVariance(answers)]
        fc.pre(strict !== null && lenient !== null)
        expect(strict).toBeLessThanOrEqual(lenient + 1e-9 * Math.max(1, Math.abs(lenient)))
      }),
    )
  })

  it('correlations are symmetric, and lie within −1 and 1', () => {
    fc.assert(
      fc.property(randomRegression, (answers) => {
        const { truth, predicted } = answers
        const swapped = { ...answers, truth: Float64Array.from(predicted), predicted: truth }
        for (const correlation of [pearson, spearman]) {
          const value = correlation(answers)
          expectFigure(correlation(swapped), value, correlation.name)
          expect(Math.abs(value ?? 0)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('Spearman sees ranks alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 2 }), (values) => {
        const truth = values.map((_, row) => (row * 7) % 5)
        const plain = spearman(answersOf(truth, values))
        expectFigure(spearman(answersOf(truth, values.map(Math.exp))), plain, 'spearman')
      }),
    )
  })
})
