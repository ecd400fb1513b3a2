import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/core/report'
import { checkRequirement } from '../../../src/report/check-requirement'
import { HOSTILE_TEXTS } from './arbitrary-report'
import { reportModel, reportOf } from './report-model'

const timing = {
  ...{ loadMs: 1, firstBatchMs: 2, totalMs: 30, rowsPerSecond: 1000 },
  batchMs: { p50: 1.5, p95: 2.2 },
}
const old = reportModel('old', { metrics: { accuracy: 0.98, f1Macro: 0.978 }, timing })
const small = reportModel('small', {
  metrics: { accuracy: 0.97, f1Macro: 0.9735, rocAuc: null },
  timing: { ...timing, batchMs: { p50: 1, p95: 2.42 } },
  perClass: [{ label: 'cat', support: 9, precision: 0.9, recall: 0.8, f1: 0.85 }],
})
const broken = reportModel('broken', { status: 'failed', metrics: {}, backend: null })

function report(models: Report['models'], parts: Partial<Report> = {}): Report {
  return reportOf(models, {
    task: { kind: 'classification', settings: { baseline: 'old' }, classes: null },
    ...parts,
  })
}

function texts(expression: string, of: Report = report([small, old])): readonly string[] {
  const outcome = checkRequirement(expression, of)
  if (!outcome.ok) return [outcome.failure.message]
  return outcome.value.checks.map(({ text }) => text)
}

function holds(expression: string, of: Report = report([small, old])): boolean | string {
  const outcome = checkRequirement(expression, of)
  return outcome.ok ? outcome.value.holds : outcome.failure.message
}

describe('checkRequirement', () => {
  it('says with which figures it holds, or does not', () => {
    expect(texts('candidate.f1Macro >= baseline.f1Macro - 0.005')).toEqual([
      'small: holds, 0.9735 >= 0.978 - 0.005',
    ])
    expect(texts('candidate.f1Macro >= baseline.f1Macro - 0.004')).toEqual([
      'small: does not hold, 0.9735 >= 0.978 - 0.004',
    ])
    expect(holds('candidate.timing.batchMs.p95 <= 1.1 * baseline.timing.batchMs.p95')).toBe(true)
    expect(holds('candidate.timing.batchMs.p95 <= 1.09 * baseline.timing.batchMs.p95')).toBe(false)
  })

  it('asks every candidate, and takes the baseline for none', () => {
    const of = report([old, small, reportModel('bad', { metrics: { accuracy: 0.5 } })])
    expect(holds('candidate.accuracy > 0.9', of)).toBe(false)
    expect(texts('candidate.accuracy > 0.9', of).map((text) => text.split(':')[0])).toEqual([
      'small',
      'bad',
    ])
  })

  it('takes the first model for the baseline where none was chosen, and the only one as candidate', () => {
    const plain = reportOf([old, small])
    expect(texts('candidate.name != baseline.name', plain)).toEqual([
      'small: holds, "small" != "old"',
    ])
    expect(holds('candidate.accuracy == 0.98', reportOf([old]))).toBe(true)
  })

  it('lets an undefined figure fulfil nothing', () => {
    for (const expression of [
      'candidate.rocAuc > 0',
      'candidate.rocAuc <= 0',
      'candidate.verdict != "worse"',
      '!(candidate.rocAuc > 0)',
      'candidate.rocAuc > 0 && true',
      'max(candidate.rocAuc, 1) == 1',
      'candidate.accuracy / 0 > 1',
    ]) {
      expect(holds(expression), expression).toBe(false)
    }
    expect(texts('candidate.rocAuc > 0')).toEqual([
      'small: undefined, so it does not hold, undefined > 0',
    ])
    expect(holds('candidate.accuracy > 0.9', report([old, broken]))).toBe(false)
    expect(holds('candidate.timing.batchMs.p95 < 9', report([old, broken]))).toBe(false)
    expect(holds('candidate.rocAuc == null || candidate.rocAuc > 0.9')).toBe(true)
    expect(holds('candidate.rocAuc > 0 || candidate.accuracy > 0')).toBe(true)
  })

  it('knows the verdict against the baseline', () => {
    const comparison = {
      ...{ baseline: 'old', candidate: 'small', metric: 'accuracy', difference: -0.01 },
      ...{
        interval: [-0.02, -0.001] as const,
        test: 'mcnemar-mid-p' as const,
        rows: 629,
        statistic: null,
      },
      ...{ pValue: 0.01, adjustedPValue: 0.01, verdict: 'worse' as const },
    }
    const of = report([small, old], { comparisons: [comparison] })
    expect(texts("candidate.verdict != 'worse'", of)).toEqual([
      'small: does not hold, "worse" != "worse"',
    ])
    expect(holds('candidate.differenceInterval.high < 0 && candidate.pValue < 0.05', of)).toBe(true)
  })

  it('takes the verdict of what was tested where the metric that ranks was not', () => {
    const comparison = {
      ...{ baseline: 'old', candidate: 'small', metric: 'f1Macro', difference: 0.01, rows: 629 },
      ...{ interval: null, test: 'paired-bootstrap' as const, statistic: null },
      ...{ pValue: 0.5, adjustedPValue: 0.5, verdict: 'no evidence of a difference' as const },
    }
    const of = report([small, old], { comparisons: [comparison] })
    expect(holds("candidate.verdict != 'worse'", of)).toBe(true)
    const primary = { ...comparison, metric: 'accuracy', verdict: 'worse' as const }
    const both = report([small, old], { comparisons: [comparison, primary] })
    expect(holds("candidate.verdict != 'worse'", both)).toBe(false)
  })

  it('finds classes and positions, and sums with brackets in order', () => {
    expect(holds('candidate.perClass.cat.recall >= 0.8')).toBe(true)
    expect(holds('candidate.perClass["cat"].support == 9')).toBe(true)
    expect(texts('2 * (candidate.accuracy - 0.9) == 1 - (2 - 3) - 4')).toEqual([
      'small: does not hold, 2 * (0.97 - 0.9) == 1 - (2 - 3) - 4',
    ])
  })

  it.each([
    ['candidate.f1macro > 0', 'candidate has nothing called "f1macro": did you mean "f1Macro"?'],
    ['champion.f1Macro > 0', 'There is nothing called "champion"'],
    ['candidate.timing.batchMs.p96 > 0', 'did you mean "p95"?'],
    ['candidate.timing > 0', 'candidate.timing is no figure'],
    ['candidate.accuracy', '0.97 is neither true nor false'],
    ['candidate.name > 1', '"small" is no number'],
    ['candidate.accuracy == "0.97"', 'are of different kinds'],
    ['candidate.accuracy = 1', 'cannot be read'],
    ['candidate.accuracy === 1', 'uses ===; write =='],
    ['candidate.accuracy > 0 candidate.f1Macro > 0', 'is not one expression'],
    ['candidate.constructor', 'candidate has nothing called "constructor"'],
    ['candidate["__proto__"].x > 0', 'candidate has nothing called "__proto__"'],
    ['candidate.name.length > 0', 'candidate.name holds nothing further'],
    ['alert(1)', 'calls something other than abs, min, max'],
    ['candidate[dataset.name] > 1', 'in brackets'],
    ['this', 'has a part of a kind that is not known here'],
    ['[1]', 'has a part of a kind that is not known here'],
    ['~1 == 1', 'uses ~'],
    ['', 'is not one expression'],
    ['('.repeat(900), 'cannot be read'],
    ['1'.repeat(1001), 'has more than 1000 characters'],
  ])('refuses %j by its reason', (expression, reason) => {
    const outcome = checkRequirement(expression, report([small, old]))
    expect(outcome.ok || outcome.failure.message).toContain(reason)
    expect(outcome.ok || outcome.failure.code).toBe('setting-invalid')
  })

  it('never throws and pollutes nothing, whatever is asked', () => {
    const word = fc.constantFrom(
      ...HOSTILE_TEXTS,
      ...[
        'candidate',
        '.',
        '[',
        ']',
        '(',
        ')',
        '>=',
        '==',
        '-',
        '!',
        '&&',
        'abs',
        '"',
        '1',
        '?.',
        '??',
      ],
      ...['constructor', 'prototype', '=', 'accuracy', '`', '${', '=>', '...', 'new '],
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        checkRequirement(words.join(''), report([small, old]))
      }),
    )
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it('asks every model that is held against recorded answers', () => {
    const { dataset } = report([small, old])
    const roles = { ...dataset.roles, target: null, reference: ['y'] }
    const recorded = report([small, old], { dataset: { ...dataset, roles } })
    expect(texts('candidate.accuracy > 0', recorded)).toHaveLength(2)
    expect(texts('candidate.accuracy > 0')).toHaveLength(1)
  })
})
