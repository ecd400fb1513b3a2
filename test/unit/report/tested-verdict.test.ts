import { describe, expect, it } from 'vitest'
import type { Comparison, ReportStatistics } from '../../../src/core/comparison'
import type { Report } from '../../../src/core/report'
import { describeConditions } from '../../../src/report/describe-conditions'
import { differenceText } from '../../../src/report/difference-text'
import { formatPValue } from '../../../src/report/format-p-value'
import { verdict } from '../../../src/report/verdict'
import { reportModel, reportOf } from './report-model'

const accuracy = { label: 'Accuracy', unit: 'share' } as const

const STATISTICS: ReportStatistics = {
  seed: 7,
  baseline: 'digits_mlp',
  pairing: { rows: 629, sha256: 'ab'.repeat(32) },
  methods: { accuracy: { method: 'bca', resamples: 2000 } },
  tieGroups: [],
  luck: null,
  notes: [],
  problem: null,
}

const CNN: Comparison = {
  baseline: 'digits_mlp',
  candidate: 'digits_cnn',
  metric: 'accuracy',
  difference: 0.0096,
  interval: [0.0019, 0.0178],
  test: 'mcnemar-exact',
  statistic: 3,
  pValue: 0.0214,
  adjustedPValue: 0.0214,
  verdict: 'better',
  rows: 629,
}

function compared(
  comparisons: readonly Comparison[],
  figures: Readonly<Record<string, number>>,
  parts: Partial<Report> = {},
  statistics: Partial<ReportStatistics> = {},
): Report {
  const metric = parts.primaryMetric?.id ?? 'accuracy'
  const models = Object.entries(figures).map(([name, value]) =>
    reportModel(name, { metrics: { [metric]: value } }),
  )
  return reportOf(models, { comparisons, statistics: { ...STATISTICS, ...statistics }, ...parts })
}

describe('the verdict on two models', () => {
  const figures = { digits_cnn: 0.987, digits_mlp: 0.978 }

  it('carries difference, interval, p and rows', () => {
    expect(verdict(compared([CNN], figures), accuracy)).toBe(
      'digits_cnn beats digits_mlp by 1.0 points of accuracy, 95\u202f% interval 0.2 to 1.8, p = 0.021, 629 rows.',
    )
  })

  it('names the baseline as winner where the candidate is worse', () => {
    const worse = {
      ...CNN,
      difference: -0.0096,
      interval: [-0.0178, -0.0019] as const,
      verdict: 'worse' as const,
    }
    expect(verdict(compared([worse], { digits_mlp: 0.98, digits_cnn: 0.97 }), accuracy)).toBe(
      'digits_mlp beats digits_cnn by 1.0 points of accuracy, 95\u202f% interval 0.2 to 1.8, p = 0.021, 629 rows.',
    )
  })

  it('turns what is better when lower', () => {
    const lower = {
      ...CNN,
      metric: 'mae',
      difference: -0.15,
      interval: [-0.27, -0.03] as const,
      test: 'wilcoxon-normal' as const,
    }
    const report = compared(
      [lower],
      { digits_cnn: 1.2, digits_mlp: 1.35 },
      { primaryMetric: { id: 'mae', direction: 'lower' } },
    )
    expect(verdict(report, { label: 'MAE', unit: 'target' })).toBe(
      'digits_cnn beats digits_mlp in MAE by 0.15, 95\u202f% interval 0.03 to 0.27, p = 0.021, 629 rows.',
    )
  })

  it('says in words that there is no evidence, and who is ahead', () => {
    const none = {
      ...CNN,
      difference: -0.0032,
      interval: [-0.0111, 0.0048] as const,
      pValue: 0.5488,
      adjustedPValue: 0.5488,
      verdict: 'no evidence of a difference' as const,
    }
    expect(verdict(compared([none], figures), accuracy)).toBe(
      'No evidence of a difference: digits_mlp is ahead of digits_cnn by 0.3 points of accuracy, 95\u202f% interval −0.5 to 1.1, p = 0.55, 629 rows.',
    )
    const same = { ...none, difference: 0, interval: [0, 0] as const, pValue: 1, adjustedPValue: 1 }
    expect(verdict(compared([same], figures), accuracy)).toBe(
      'No evidence of a difference: digits_cnn and digits_mlp have the same accuracy, 95\u202f% interval 0.0 to 0.0, p = 1, 629 rows.',
    )
  })

  it('does not use a comparison on too few rows', () => {
    const few = { ...CNN, verdict: 'too few rows to tell' as const, rows: 12 }
    const report = compared([few], figures)
    const small = { ...report, dataset: { ...report.dataset, rows: 12 } }
    expect(verdict(small, accuracy)).toMatch(/^Too few rows to tell: /)
  })

  it('falls back to the figures where the comparison failed', () => {
    const report = compared([], figures, {}, { baseline: null, problem: 'Stopped.' })
    expect(verdict(report, accuracy)).toMatch(/^digits_cnn leads digits_mlp by /)
  })
})

describe('the verdict on many candidates', () => {
  const against = (
    candidate: string,
    difference: number,
    said: Comparison['verdict'],
    adjustedPValue: number,
  ): Comparison => ({
    ...CNN,
    candidate,
    difference,
    interval: [difference - 0.008, difference + 0.008],
    adjustedPValue,
    verdict: said,
  })

  it('names the best of those that beat the baseline, with p adjusted, and its ties', () => {
    const comparisons = [
      against('b', 0.01, 'better', 0.03),
      against('a', 0.012, 'better', 0.012),
      against('c', -0.001, 'no evidence of a difference', 0.9),
    ]
    const figures = { a: 0.992, b: 0.99, digits_mlp: 0.98, c: 0.979 }
    const report = compared(
      comparisons,
      figures,
      {},
      {
        tieGroups: [
          ['a', 'b'],
          ['digits_mlp', 'c'],
        ],
      },
    )
    expect(verdict(report, accuracy)).toBe(
      'a beats the baseline digits_mlp by 1.2 points of accuracy, 95\u202f% interval 0.4 to 2.0, p = 0.012 adjusted for 3 candidates, 629 rows. a and b cannot be told apart.',
    )
  })

  it('says that the baseline beats them all', () => {
    const comparisons = [against('a', -0.03, 'worse', 0.001), against('b', -0.02, 'worse', 0.002)]
    const report = compared(comparisons, { digits_mlp: 0.98, b: 0.96, a: 0.95 })
    expect(verdict(report, accuracy)).toBe(
      'The baseline digits_mlp beats all of 2 candidates: b, the closest, by 2.0 points of accuracy, 95\u202f% interval 1.2 to 2.8, p = 0.0020 adjusted for 2 candidates, 629 rows.',
    )
  })

  it('says that none beats it', () => {
    const comparisons = [
      against('a', 0.003, 'no evidence of a difference', 0.6),
      against('b', -0.02, 'worse', 0.002),
    ]
    const report = compared(comparisons, { a: 0.983, digits_mlp: 0.98, b: 0.96 })
    expect(verdict(report, accuracy)).toBe(
      'No evidence that any of 2 candidates beats the baseline digits_mlp: a, the best of them, is ahead by 0.3 points of accuracy, 95\u202f% interval −0.5 to 1.1, p = 0.60 adjusted for 2 candidates, 629 rows; b is worse.',
    )
    const same = [against('a', 0, 'no evidence of a difference', 1), comparisons[1] ?? CNN]
    const tied = compared(same, { digits_mlp: 0.98, a: 0.98, b: 0.96 })
    expect(verdict(tied, accuracy)).toMatch(
      /: a, the best of them, has the same accuracy, 95\u202f% interval −0\.8 to 0\.8, p = 1 /,
    )
  })
})

describe('the conditions', () => {
  it('name the test, the adjustment and the resamples', () => {
    const report = compared([CNN, { ...CNN, candidate: 'b' }], {
      digits_cnn: 1,
      digits_mlp: 1,
      b: 1,
    })
    expect(describeConditions(report, 'Accuracy')).toEqual(
      expect.arrayContaining([
        'McNemar’s exact test',
        'adjusted by Holm for 2 candidates',
        '2\u202f000 resamples',
      ]),
    )
    expect(describeConditions(report, 'Accuracy')).not.toContain('without a significance test')
  })
})

describe('figures of a difference', () => {
  it('have as many digits as the interval supports', () => {
    expect(differenceText(0.12345, [0.04, 0.2], 'score')).toEqual({
      difference: '0.12',
      interval: '0.04 to 0.20',
    })
    expect(differenceText(0.1, [-0.05, 0.3], 'share').interval).toBe('−5 to 30')
    expect(differenceText(0.12, [-5.1, 5.4], 'score')).toEqual({
      difference: '0.1',
      interval: '−5.1 to 5.4',
    })
    expect(differenceText(123.4, [20, 240], 'target').difference).toBe('123')
    expect(differenceText(0.01, null, 'share')).toEqual({
      difference: '1.0 points',
      interval: null,
    })
  })

  it('state p to two digits, to more at the level', () => {
    expect([0.0004, 0.0021, 0.0499, 0.05, 0.0994, 0.34, 0.999, 1].map(formatPValue)).toEqual([
      'p < 0.001',
      'p = 0.0021',
      'p = 0.0499',
      'p = 0.0500',
      'p = 0.099',
      'p = 0.34',
      'p = 1.00',
      'p = 1',
    ])
  })
})
