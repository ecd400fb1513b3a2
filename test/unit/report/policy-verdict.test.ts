import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/core/report'
import { describeConditions } from '../../../src/report/describe-conditions'
import { verdict } from '../../../src/report/verdict'
import { reportModel, reportOf } from './report-model'

const SCORE = { label: 'Score', unit: 'score' } as const

function backtest(
  policies: Readonly<Record<string, readonly [score: number, trades: number, ret?: number]>>,
): Report {
  const models = Object.entries(policies).map(([name, [score, trades, totalReturn = 0.1]]) =>
    reportModel(name, { metrics: { score, trades, totalReturn } }),
  )
  const report = reportOf(models)
  return {
    ...report,
    dataset: { ...report.dataset, rows: 2000 },
    task: {
      ...report.task,
      kind: 'policy',
      settings: { fill: 'next-open', fee: 0.00002, convention: 'bakeoff' },
    },
    primaryMetric: { id: 'score', direction: 'higher' },
  }
}

describe('verdict of a backtest', () => {
  it('names the lead, to one digit, and the bars', () => {
    const report = backtest({ champion: [0.27874, 127], challenger: [0.26762, 98] })
    expect(verdict(report, SCORE)).toBe(
      'champion leads challenger by 0.01 of score on 2\u202f000 bars.',
    )
  })

  it('says where there are too few trades to tell', () => {
    const report = backtest({ champion: [0.3, 9], challenger: [0.2, 98] })
    expect(verdict(report, SCORE)).toBe(
      'Too few trades to tell: champion leads challenger by 0.1 of score on 2\u202f000 bars.',
    )
    expect(verdict(backtest({ only: [0.3, 9] }), SCORE)).toBe(
      'only reaches 0.3000 score on 2\u202f000 bars: too few trades to tell what it is worth.',
    )
    const third = backtest({ a: [0.3, 20], b: [0.2, 20], c: [0.1, 1] })
    expect(verdict(third, SCORE)).toBe('a leads b by 0.1 of score on 2\u202f000 bars.')
  })

  it('calls equal figures a tie', () => {
    const report = backtest({ a: [0.30001, 20], b: [0.30002, 20] })
    expect(verdict(report, SCORE)).toBe('b and a are tied at 0.3000 score on 2\u202f000 bars.')
  })

  it('tells how it was traded, and who lost money', () => {
    const conditions = (report: Report) => describeConditions(report, 'Score')
    const some = backtest({ a: [0.3, 20, -0.1], b: [0.2, 20, 0.1] })
    expect(conditions(some)).toContain('1 of 2 policies lost money')
    expect(conditions(some)).toContain('filled at the next open, fee 0.0020\u202f%')
    expect(conditions(some)).toContain('2\u202f000 bars of digits.csv')
    expect(conditions(backtest({ a: [0.3, 20, -0.1] }))).toContain('every policy lost money')
    expect(conditions(backtest({ a: [0.3, 20] })).join()).not.toContain('lost money')
  })
})
