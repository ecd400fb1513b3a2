import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/core/report'
import { readFragment, writeFragment } from '../../../src/report/link-fragment'
import { readResultLink, resultLink } from '../../../src/report/result-link'
import { arbitraryReport } from './arbitrary-report'
import { reportModel, reportOf } from './report-model'

function open(fragment: string) {
  const read = readFragment(fragment)
  if (read?.ok !== true) throw new Error('the fragment cannot be read')
  return readResultLink(read.value.document)
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
/** Figures without a pattern: nothing packs them. */
const noise = (count: number) =>
  Array.from({ length: count }, (_, at) => Math.sin(at * at + at / 7))

const events = (count: number) =>
  noise(count).map((at) => ({ at, level: 'info' as const, text: `after ${String(at)}` }))
const curve = (points: number) => ({ label: '1', area: 0.5, x: noise(points), y: noise(points) })
const confusion = (classes: number) =>
  Array.from({ length: classes }, (_, row) =>
    noise(classes).map((value) => Math.round(Math.abs(value) * 1e6) + row),
  )

function linkOf(report: Report) {
  const link = resultLink(report)
  if (!link.ok) throw new Error(link.failure.message)
  return link.value
}

describe('resultLink', () => {
  it('carries the whole report where it fits', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const { fragment, omitted } = linkOf(report)
        fc.pre(omitted.length === 0)
        const opened = open(fragment)
        if (!opened.ok) throw new Error(opened.failure.message)
        expect(plain(opened.value.report)).toEqual(plain(report))
      }),
    )
  })

  it('leaves out what is longest and least needed, and says so', () => {
    const classes = noise(40).map((label) => ({
      label: String(label),
      support: 1,
      precision: label,
      recall: label,
      f1: label,
    }))
    const full = reportOf(
      [
        reportModel('a', {
          metrics: { accuracy: 0.9841269841269841 },
          details: { roc: [curve(2000)], confusion: confusion(3) },
          perClass: classes,
        }),
      ],
      {
        events: events(600),
        task: { kind: 'classification', settings: {}, classes: ['0', '1', '2'] },
      },
    )
    const link = linkOf(full)
    expect(link.omitted).toEqual(['run log', 'trades', 'full curves'])
    const opened = open(link.fragment)
    if (!opened.ok) throw new Error(opened.failure.message)
    expect(opened.value.omitted).toEqual(link.omitted)
    const [model] = opened.value.report.models
    expect(model?.metrics).toEqual({ accuracy: 0.9841269841269841 })
    expect(model?.details).toEqual({ confusion: confusion(3) })
    expect(model?.perClass).toEqual(classes)
    expect(opened.value.report.events).toEqual([])
    expect(linkOf(reportOf([reportModel('a')], { events: events(2000) })).omitted).toEqual([
      'run log',
    ])
  })

  it('offers the file where not even the figures fit', () => {
    const models = Array.from({ length: 900 }, (_, at) =>
      reportModel(`model ${String(at)}`, { sha256: String(Math.sin(at)).repeat(3) }),
    )
    const link = resultLink(reportOf(models))
    expect(link.ok ? '' : link.failure.advice).toContain('as a file')
  })
})

describe('readResultLink', () => {
  const refused = (document: unknown) => {
    const outcome = open(writeFragment('result', document))
    return outcome.ok ? 'read' : outcome.failure.message
  }

  it('L85 refuses what is no report, and keeps prototypes out', () => {
    expect(refused(null)).toContain('it carries no report')
    expect(refused({ report: {}, omitted: ['everything'] })).toContain('it carries no report')
    expect(refused({ report: {}, omitted: [] })).toContain('does not name the schema')
    const bad = JSON.parse(
      `{"report":${JSON.stringify(reportOf([reportModel('__proto__', { metrics: {} })])).replace(
        '"metrics":{}',
        '"metrics":{"__proto__":1,"polluted":2}',
      )},"omitted":[]}`,
    ) as unknown
    const opened = open(writeFragment('result', bad))
    if (!opened.ok) throw new Error(opened.failure.message)
    expect(Object.entries(opened.value.report.models[0]?.metrics ?? {})).toContainEqual([
      '__proto__',
      1,
    ])
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})
