import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeMarkdown } from '../../../src/report/escape-markdown'
import { reportMarkdown } from '../../../src/report/report-markdown'
import { arbitraryReport, HOSTILE_TEXTS } from './arbitrary-report'
import { reportModel, reportOf } from './report-model'

const model = (name: string, accuracy: number) =>
  reportModel(name, {
    metrics: { accuracy },
    intervals: { accuracy: [accuracy - 0.01, accuracy + 0.01] },
  })

describe('escapeMarkdown', () => {
  it('E41, E44 leaves nothing that Markdown or HTML would read', () => {
    const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(text, (given) => {
        const escaped = escapeMarkdown(given)
        expect(escaped).not.toMatch(/[\r\n]/)
        const bare = escaped.replace(/\\[\\`*_{}[\]<>()#|~&!$:.]/g, '')
        expect(bare).not.toMatch(/[\\`*_{}[\]<>()#|~&!$]|:\/\/|www\.|@[\p{L}\p{N}]/iu)
      }),
    )
  })
})

describe('reportMarkdown', () => {
  it('says the verdict, ranks with intervals, and names the conditions', () => {
    const report = reportOf([model('champion', 0.98), model('new_one', 0.95)], {
      task: { kind: 'classification', settings: { seed: 7 }, classes: null },
      comparisons: [
        {
          ...{ baseline: 'champion', candidate: 'new_one', metric: 'accuracy', difference: -0.03 },
          ...{
            interval: [-0.05, -0.01] as const,
            test: 'mcnemar-mid-p' as const,
            rows: 629,
            statistic: 9,
          },
          ...{ pValue: 0.002, adjustedPValue: 0.0004, verdict: 'worse' as const },
        },
      ],
    })
    const lines = reportMarkdown(report).split('\n')
    expect(lines[2]).toMatch(/^\*\*champion .*new\\_one.*\*\*$/)
    expect(lines[4]).toBe('| # | Model | Accuracy | 95 % interval | Against champion | Rows/s |')
    expect(lines[6]).toBe('| 1 | champion | 0.980 | 0.970 to 0.990 | baseline | – |')
    expect(lines[7]).toBe(
      '| 2 | new\\_one | 0.950 | 0.940 to 0.960 | worse, −3.0 points (−5.0 to −1.0), p < 0.001 | – |',
    )
    expect(lines.at(-2)).toMatch(/^<sub>Accuracy, higher is better · .* data 01234567 · seed 7/)
  })

  it('tells what failed and what was required', () => {
    const broken = reportModel('b', {
      status: 'failed',
      error: { code: 'run-failed', message: 'b broke.', advice: 'Mend it.' },
    })
    const text = reportMarkdown(reportOf([model('a', 0.9), broken]), [
      {
        ...{ expression: 'candidate.accuracy > 0.5', holds: false },
        checks: [{ candidate: 'b', holds: false, text: 'b: undefined' }],
      },
    ])
    expect(text).toContain('- b broke. Mend it.')
    expect(text).toContain('- ❌ does not hold: candidate.accuracy \\> 0.5\n  - b: undefined')
  })

  it('keeps its tables whole, whatever the names', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const table = reportMarkdown(report)
          .split('\n')
          .filter((line) => line.startsWith('|'))
        expect(table).toHaveLength(2 + report.models.length)
        const cells = table.map((line) => line.replace(/\\./g, '').split('|').length)
        expect(new Set(cells).size).toBe(1)
      }),
      { numRuns: 50 },
    )
  })
})
