import { describe, expect, it } from 'vitest'
import type { ComparedModels } from '../../../src/core/comparison'
import { failed, success } from '../../../src/core/failure'
import { reportComparison } from '../../../src/report/report-statistics'

const NAMES = new Map([
  ['m0', 'champion'],
  ['m1', '__proto__'],
])

const COMPARED: ComparedModels = {
  seed: 5,
  baselineId: 'm0',
  pairing: { rows: 100, sha256: 'ab' },
  intervals: [{ modelId: 'm1', intervals: { accuracy: [0.8, 0.9] } }],
  comparisons: [
    {
      ...{ baselineId: 'm0', candidateId: 'm1', metric: 'accuracy', difference: 0.1 },
      ...{ interval: [0.05, 0.15], test: 'delong', statistic: 2, pValue: 0.01 },
      ...{ adjustedPValue: 0.01, verdict: 'better', rows: 100 },
    },
  ],
  methods: { accuracy: { method: 'bca', resamples: 2000 } },
  tieGroups: [['m1'], ['m0']],
  luck: {
    policies: [
      { model: 'm0', probabilisticSharpe: 0.9, deflatedSharpe: 0.6 },
      { model: 'm1', probabilisticSharpe: null, deflatedSharpe: null },
    ],
    trials: 2,
    overfitting: { probability: 0.4, splits: 16 },
    windows: {
      count: 9,
      averageRanks: [
        { model: 'm0', rank: 1 },
        { model: 'm1', rank: 2 },
      ],
      pValue: 0.01,
      criticalDifference: 0.65,
    },
  },
  notes: ['A note.'],
}

describe('what a comparison adds to the report', () => {
  it('goes by names, whatever they are', () => {
    const { comparisons, statistics, intervals } = reportComparison(success(COMPARED), NAMES, 5)
    expect(comparisons[0]).toMatchObject({ baseline: 'champion', candidate: '__proto__' })
    expect(comparisons[0]).not.toHaveProperty('baselineId')
    expect(statistics).toEqual({
      seed: 5,
      baseline: 'champion',
      pairing: COMPARED.pairing,
      methods: COMPARED.methods,
      tieGroups: [['__proto__'], ['champion']],
      luck: {
        policies: [
          { model: 'champion', probabilisticSharpe: 0.9, deflatedSharpe: 0.6 },
          { model: '__proto__', probabilisticSharpe: null, deflatedSharpe: null },
        ],
        trials: 2,
        overfitting: { probability: 0.4, splits: 16 },
        windows: {
          count: 9,
          averageRanks: [
            { model: 'champion', rank: 1 },
            { model: '__proto__', rank: 2 },
          ],
          pValue: 0.01,
          criticalDifference: 0.65,
        },
      },
      notes: ['A note.'],
      problem: null,
    })
    expect(intervals('m1')).toEqual({ accuracy: [0.8, 0.9] })
    expect(intervals('m0')).toEqual({})
  })

  it('is a problem in words where the comparison failed, and nothing where there was none', () => {
    const broken = reportComparison(failed('worker-failed', 'It broke.', 'Again.'), NAMES, 5)
    expect(broken.comparisons).toEqual([])
    expect(broken.statistics).toMatchObject({ problem: 'It broke.', baseline: null, seed: 5 })
    expect(broken.intervals('m0')).toEqual({})
    expect(reportComparison(null, NAMES, 5).statistics).toBeNull()
  })
})
