import { describe, expect, it } from 'vitest'
import { bootstrap, type ResampledGroup } from '../../../src/statistics/bootstrap'
import { bcaInterval, percentileInterval } from '../../../src/statistics/bootstrap-interval'
import { bootstrapTest } from '../../../src/statistics/bootstrap-test'
import { meanAcceleration } from '../../../src/statistics/mean-acceleration'
import { rankOrder } from '../../../src/statistics/rank-order'
import { resampledMeans } from '../../../src/statistics/resampled-means'
import { resampledMedian } from '../../../src/statistics/resampled-median'
import {
  RESAMPLED_REGRESSION_FIGURES,
  resampledRegression,
} from '../../../src/statistics/resampled-regression'
import { resampledRoc } from '../../../src/statistics/resampled-roc'
import { resampledSpearman } from '../../../src/statistics/resampled-spearman'
import { sortedQuantile } from '../../../src/statistics/sorted-quantile'
import { tieGroups } from '../../../src/statistics/tie-groups'
import { expectClose, statisticsReference } from './statistics-reference'

const figuresOf = (group: ResampledGroup, seed: number, resamples: number, rows: number) => {
  const [result] = bootstrap({ rows, seed, groups: [group], resamples })
  if (result === null || result === undefined) throw new Error('No figures.')
  return result.figures
}

describe('the bootstrap', () => {
  it('makes scikit-learn’s ranking figures of each resample, and their intervals', () => {
    for (const {
      classes,
      truth,
      models,
      seed,
      resamples,
      ...expected
    } of statisticsReference.classification) {
      models.forEach(({ probabilities }, model) => {
        const rows = truth.length
        const scored = Array.from({ length: classes }, (_, index) => index)
          .slice(classes === 2 ? 1 : 0)
          .map((index) => ({
            ranking: rankOrder(
              Float64Array.from(truth, (_, row) => probabilities[row * classes + index] ?? NaN),
            ),
            isPositive: Uint8Array.from(truth, (actual) => (actual === index ? 1 : 0)),
          }))
        const [roc, precision] = figuresOf(resampledRoc(scored), seed, resamples, rows)
        expected.firstFigures[model]?.forEach(({ rocAuc = NaN, prAuc = NaN }, resample) => {
          expectClose(roc?.[resample], rocAuc, 1e-12, 'ROC AUC')
          expectClose(precision?.[resample], prAuc, 1e-12, 'PR AUC')
        })
        const interval = percentileInterval(roc ?? new Float64Array())
        expectClose(interval?.[0], expected.intervals[model]?.rocAuc?.[0] ?? NaN, 1e-12, 'low')
        expectClose(interval?.[1], expected.intervals[model]?.rocAuc?.[1] ?? NaN, 1e-12, 'high')
      })
    }
  })

  it('makes scikit-learn’s and SciPy’s regression figures of each resample', () => {
    for (const { truth, models, seed, resamples, firstFigures } of statisticsReference.regression) {
      models.forEach(({ predicted }, model) => {
        const [actual, answers] = [Float64Array.from(truth), Float64Array.from(predicted)]
        const errors = answers.map((value, row) => Math.abs(value - (actual[row] ?? NaN)))
        const rows = truth.length
        const sums = figuresOf(resampledRegression(actual, answers), seed, resamples, rows)
        const [median] = figuresOf(
          resampledMedian(rows, () => errors),
          seed,
          resamples,
          rows,
        )
        const group = resampledSpearman(
          rows,
          () => rankOrder(actual),
          () => rankOrder(answers),
        )
        const [spearman] = figuresOf(group, seed, resamples, rows)
        firstFigures[model]?.forEach((figures, resample) => {
          RESAMPLED_REGRESSION_FIGURES.forEach((name, index) => {
            expectClose(sums[index]?.[resample], figures[name] ?? NaN, 1e-11, name)
          })
          expectClose(median?.[resample], figures.medianAbsoluteError ?? NaN, 1e-13, 'median')
          expectClose(spearman?.[resample], figures.spearman ?? NaN, 1e-12, 'Spearman')
        })
      })
    }
  })

  it('gives all groups the same resamples and stops the costly one first, never silently', () => {
    const values = Float64Array.from({ length: 50 }, (_, row) => row)
    const cheap = resampledMeans([values])
    const costly = { ...cheap, steps: 5e9 / 300 }
    const fewest = { ...cheap, steps: 5e9 / 50 }
    const impossible = { ...cheap, steps: 4e10 / 199 }
    const groups = [cheap, costly, fewest, impossible]
    const [many, few, least, none] = bootstrap({ rows: 50, seed: 2, groups })
    expect(least?.resamples).toBe(200)
    expect(many?.resamples).toBe(2000)
    expect(few?.resamples).toBe(299)
    expect(none).toBeNull()
    expect(few?.figures[0]).toEqual(many?.figures[0]?.slice(0, 299))
  })

  it('tells its progress, rising to the whole', () => {
    const shares: number[] = []
    const groups = [resampledMeans([new Float64Array(20)])]
    bootstrap({ rows: 20, seed: 0, groups, onProgress: (share) => shares.push(share) })
    expect(shares.length).toBeGreaterThan(50)
    expect(shares).toEqual(shares.toSorted((one, other) => one - other))
    expect(shares.at(-1)).toBeCloseTo(1, 10)
  })
})

describe('an interval', () => {
  it('covers the truth about as often as it says', () => {
    let covered = 0
    for (let seed = 0; seed < 200; seed += 1) {
      // Bernoulli rows of probability one quarter, drawn by the bootstrap's own generator.
      const [sample] = bootstrap({
        rows: 400,
        seed: 1000 + seed,
        groups: [resampledMeans([Uint8Array.from({ length: 400 }, (_, row) => Number(row < 100))])],
        resamples: 1,
      })
      const share = sample?.figures[0]?.[0] ?? NaN
      const drawn = Uint8Array.from({ length: 400 }, (_, row) => Number(row < share * 400))
      const [figures = new Float64Array()] = figuresOf(resampledMeans([drawn]), seed, 400, 400)
      const acceleration = meanAcceleration(400, (row) => drawn[row] ?? NaN)
      const [low = NaN, high = NaN] = bcaInterval(figures, share, acceleration) ?? []
      if (low <= 0.25 && 0.25 <= high) covered += 1
    }
    expect(covered / 200).toBeGreaterThan(0.9)
    expect(covered / 200).toBeLessThan(0.99)
  })

  it('is a point where nothing varies and none where a figure is often undefined', () => {
    const constant = new Float64Array(100).fill(0.5)
    expect(percentileInterval(constant)).toEqual([0.5, 0.5])
    expect(bcaInterval(constant, 0.5, 0)).toEqual([0.5, 0.5])
    expect(bcaInterval(constant, 0.7, 0)).toEqual([0.5, 0.5])
    const gappy = Float64Array.from({ length: 100 }, (_, index) => (index < 6 ? NaN : index))
    expect(percentileInterval(gappy)).toBeNull()
    expect(percentileInterval(gappy.slice(1))).toBeNull()
    expect(percentileInterval(gappy.slice(2))).not.toBeNull()
    expect(percentileInterval(new Float64Array())).toBeNull()
  })

  it('takes quantiles straight between neighbours', () => {
    expect(sortedQuantile([1, 2, 4], 0.75)).toBe(3)
    expect(sortedQuantile([1, 2, 4], 1)).toBe(4)
    expect(sortedQuantile([7], 0.3)).toBe(7)
    expect(sortedQuantile([], 0.3)).toBeNaN()
  })
})

describe('the bootstrap’s test', () => {
  it('is 1 without any difference and never 0', () => {
    expect(bootstrapTest(new Float64Array(99)).pValue).toBe(1)
    expect(bootstrapTest(new Float64Array(99).fill(1)).pValue).toBe(0.02)
    expect(bootstrapTest(Float64Array.of(-1, 2, 3, NaN)).pValue).toBe(1)
    expect(bootstrapTest(Float64Array.of(NaN)).pValue).toBeNull()
  })

  it('does not change when the models are swapped', () => {
    const differences = Float64Array.from({ length: 500 }, (_, index) => Math.sin(index) + 0.9)
    const swapped = differences.map((value) => -value)
    expect(bootstrapTest(swapped)).toEqual(bootstrapTest(differences))
  })
})

describe('tie groups', () => {
  it('hold models of which no two can be told apart, in rank order', () => {
    const apart = (one: number, other: number) => Math.abs(one - other) > 2
    expect(tieGroups([1, 2, 3, 4, 9], apart)).toEqual([[1, 2, 3], [4], [9]])
    expect(tieGroups([], apart)).toEqual([])
  })
})
