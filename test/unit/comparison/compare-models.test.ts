import { describe, expect, it } from 'vitest'
import { compareModels, type Contestant } from '../../../src/comparison/compare-models'
import { judgeDifference } from '../../../src/comparison/judge-difference'
import type { PairedMetric, PairedModels } from '../../../src/comparison/paired-metric'
import type { Direction } from '../../../src/core/metric'

/** A metric whose differences are as certain as `error` says, by a plain z test. */
function metricOf(id: string, values: readonly number[], error: number): PairedMetric {
  const difference = (first: number, second: number) =>
    (values[second] ?? NaN) - (values[first] ?? NaN)
  return {
    id,
    method: { method: 'percentile', resamples: 2000 },
    interval: (model) => [(values[model] ?? NaN) - error, (values[model] ?? NaN) + error],
    differenceInterval: (first, second) => [
      difference(first, second) - 1.96 * error,
      difference(first, second) + 1.96 * error,
    ],
    test: (first, second) => {
      const z = Math.abs(difference(first, second)) / error
      return {
        test: 'paired-bootstrap',
        statistic: z,
        pValue: Math.min(1, 2 * Math.exp(-(z * z) / 2)),
      }
    },
  }
}

function compare(
  values: readonly number[],
  parts: Partial<PairedModels> = {},
  thin: readonly number[] = [],
) {
  const contestants: Contestant[] = values.map((value, place) => ({
    modelId: `m${String(place)}`,
    metrics: { accuracy: value, logLoss: 1 - value },
    isThin: thin.includes(place),
  }))
  const metrics = [
    metricOf(
      'logLoss',
      values.map((value) => 1 - value),
      0.01,
    ),
    metricOf('accuracy', values, 0.01),
  ]
  return compareModels(
    contestants,
    { rows: 1000, metrics, notes: [], ...parts },
    {
      baselineId: 'm0',
      primaryMetric: 'accuracy',
      directions: new Map<string, Direction>([
        ['accuracy', 'higher'],
        ['logLoss', 'lower'],
      ]),
    },
  )
}

describe('comparisons', () => {
  it('hold every candidate against the baseline, the primary metric first, adjusted per metric', () => {
    const { comparisons, methods } = compare([0.8, 0.9, 0.81, 0.7])
    expect(
      comparisons.map(({ metric, candidateId, verdict }) => [metric, candidateId, verdict]),
    ).toEqual([
      ['accuracy', 'm1', 'better'],
      ['accuracy', 'm2', 'no evidence of a difference'],
      ['accuracy', 'm3', 'worse'],
      ['logLoss', 'm1', 'better'],
      ['logLoss', 'm2', 'no evidence of a difference'],
      ['logLoss', 'm3', 'worse'],
    ])
    const [first, second] = comparisons
    expect(first?.difference).toBeCloseTo(0.1, 12)
    expect(first?.rows).toBe(1000)
    expect(first?.adjustedPValue).toBeGreaterThan(first?.pValue ?? NaN)
    expect(second?.adjustedPValue).toBe(second?.pValue)
    expect(methods['accuracy']).toEqual({ method: 'percentile', resamples: 2000 })
  })

  it('tie models that cannot be told apart and never those with a verdict between them', () => {
    expect(compare([0.8, 0.9, 0.805, 0.7]).tieGroups).toEqual([['m1'], ['m2', 'm0'], ['m3']])
    expect(compare([0.8, 0.82, 0.84]).tieGroups).toEqual([['m2', 'm1'], ['m0']])
    expect(compare([0.8, 0.7]).tieGroups).toEqual([['m0'], ['m1']])
    expect(compare([0.8, 0.8]).tieGroups).toEqual([['m0', 'm1']])
  })

  it('say nothing of a difference with few rows or few trades', () => {
    const few = compare([0.8, 0.9], { rows: 29 })
    expect(few.comparisons[0]?.verdict).toBe('too few rows to tell')
    expect(few.comparisons[0]?.pValue).toBeLessThan(0.05)
    expect(few.tieGroups).toEqual([])
    expect(compare([0.8, 0.9], { rows: 30 }).comparisons[0]?.verdict).toBe('better')
    const thin = compare([0.8, 0.9, 0.9], {}, [1])
    expect(thin.comparisons.slice(0, 2).map(({ verdict }) => verdict)).toEqual([
      'too few rows to tell',
      'better',
    ])
  })

  it('leave out models without the metric and everything without a baseline', () => {
    const metrics = [metricOf('accuracy', [0.8, 0.9], 0.01)]
    const options = {
      primaryMetric: 'accuracy',
      directions: new Map<string, Direction>([['accuracy', 'higher']]),
    }
    const contestants = [
      { modelId: 'a', metrics: { accuracy: 0.8 }, isThin: false },
      { modelId: 'b', metrics: { accuracy: null }, isThin: false },
    ]
    const paired = { rows: 100, metrics, notes: [] }
    const lone = compareModels(contestants, paired, { ...options, baselineId: 'a' })
    expect(lone.comparisons).toEqual([])
    expect(lone.intervals.map(({ intervals }) => Object.keys(intervals))).toEqual([
      ['accuracy'],
      [],
    ])
    expect(
      compareModels(contestants, paired, { ...options, baselineId: null }).comparisons,
    ).toEqual([])
  })

  it('give up ties, in words, where there are too many models to test all pairs', () => {
    const { tieGroups, notes, comparisons } = compare(Array.from({ length: 33 }, () => 0.8))
    expect(tieGroups).toEqual([])
    expect(notes).toEqual(['Ties are not looked for among more than 32 models.'])
    expect(comparisons).toHaveLength(64)
  })
})

describe('the verdict on a difference', () => {
  const sure = { difference: 0.1, interval: [0.05, 0.15] as const, adjustedPValue: 0.01 }

  it('needs the test, the interval and the difference to agree', () => {
    expect(judgeDifference(sure, 'higher')).toBe('better')
    expect(judgeDifference(sure, 'lower')).toBe('worse')
    for (const doubt of [
      { adjustedPValue: 0.05 },
      { adjustedPValue: null },
      { interval: [0, 0.15] as const },
      { interval: [-0.15, -0.05] as const },
      { interval: null },
      { difference: 0 },
      { testDirection: -1 },
      { testDirection: 0 },
    ]) {
      expect(judgeDifference({ ...sure, ...doubt }, 'higher')).toBe('no evidence of a difference')
    }
    expect(judgeDifference({ ...sure, testDirection: 1 }, 'higher')).toBe('better')
  })
})
