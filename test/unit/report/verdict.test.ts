import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/core/report'
import { metricInSentence, verdict } from '../../../src/report/verdict'
import { reportModel, reportOf } from './report-model'

const accuracy = { label: 'Accuracy', unit: 'share' } as const

function scored(name: string, value: number | null, id = 'accuracy') {
  return reportModel(name, { metrics: { [id]: value } })
}

function rows(report: Report, count: number): Report {
  return { ...report, dataset: { ...report.dataset, rows: count } }
}

describe('verdict', () => {
  it('names the leader, the second and the lead in points', () => {
    const report = reportOf([
      scored('mlp', 615 / 629),
      scored('cnn', 621 / 629),
      scored('lin', 0.9),
    ])
    expect(verdict(report, accuracy)).toBe('cnn leads mlp by 1.0 points of accuracy on 629 rows.')
  })

  it('says both figures where differences are no points, and honours the direction', () => {
    const report = reportOf([scored('a', 1.35, 'mae'), scored('b', 1.2, 'mae')], {
      primaryMetric: { id: 'mae', direction: 'lower' },
    })
    expect(verdict(report, { label: 'MAE', unit: 'target' })).toBe(
      'b leads a in MAE, 1.200 against 1.350, on 629 rows.',
    )
  })

  it('calls a tie a tie', () => {
    const report = reportOf([scored('a', 0.978), scored('b', 0.978 + 1e-15), scored('c', 0.5)])
    expect(verdict(report, accuracy)).toBe('b and a are tied at 0.978 accuracy on 629 rows.')
  })

  it('calls figures tied that differ beyond the digits shown only', () => {
    const report = reportOf([scored('a', 55.450_01, 'mae'), scored('b', 55.449_99, 'mae')], {
      primaryMetric: { id: 'mae', direction: 'lower' },
    })
    expect(verdict(report, { label: 'MAE', unit: 'target' })).toBe(
      'b and a are tied at 55.45 MAE on 629 rows.',
    )
  })

  it('does not choose between models on fewer than 30 rows', () => {
    const report = reportOf([scored('a', 11 / 12), scored('b', 10 / 12)])
    expect(verdict(rows(report, 12), accuracy)).toBe(
      'Too few rows to tell: a has 0.92 accuracy and b 0.83 on 12 rows.',
    )
    expect(verdict(rows(report, 30), accuracy)).toContain('a leads b')
  })

  it('states the figure of a single model', () => {
    const report = reportOf([scored('a', 0.987), reportModel('b', { status: 'failed' })])
    expect(verdict(report, accuracy)).toBe('a reaches 0.987 accuracy on 629 rows.')
  })

  it('says so when nothing could be evaluated', () => {
    const broken = (name: string) => reportModel(name, { status: 'failed' })
    expect(verdict(reportOf([broken('a')]), accuracy)).toBe('a could not be evaluated.')
    expect(verdict(reportOf([broken('a'), broken('b')]), accuracy)).toBe(
      'None of the 2 models could be evaluated.',
    )
  })

  it('says so when the metric is undefined', () => {
    const report = reportOf([scored('a', null), scored('b', null)])
    expect(verdict(report, accuracy)).toBe('Accuracy is undefined for a and b.')
  })

  it('counts what was finished before a stop', () => {
    const stopped = reportModel('c', { status: 'cancelled' })
    expect(verdict(reportOf([scored('a', 0.9), stopped]), accuracy)).toBe(
      'Stopped with 1 of 2 models finished.',
    )
    expect(verdict(reportOf([scored('a', 0.9), scored('b', 0.8), stopped]), accuracy)).toBe(
      'Stopped with 2 of 3 models finished: a leads b by 10.0 points of accuracy on 629 rows.',
    )
  })
})

describe('metricInSentence', () => {
  it.each([
    ['Accuracy', 'accuracy'],
    ['Brier score', 'Brier score'],
    ["Cohen's kappa", "Cohen's kappa"],
    ['ROC AUC', 'ROC AUC'],
    ['F1, macro', 'F1, macro'],
  ])('%s → %s', (label, text) => {
    expect(metricInSentence(label)).toBe(text)
  })
})
