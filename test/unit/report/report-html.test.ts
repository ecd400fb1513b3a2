import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readReport } from '../../../src/report/read-report'
import { reportHtml } from '../../../src/report/report-html'
import { arbitraryReport } from './arbitrary-report'
import { reportModel, reportOf } from './report-model'

const ELEMENTS = new Set(
  `html head meta title style body main footer section h1 h2 h3 p ul li dl dt dd div table caption
  thead tbody tr th td details summary figure figcaption svg path text span strong template`.split(
    /\s+/,
  ),
)
const ATTRIBUTES = new Set(
  `lang charset http-equiv content name class id role tabindex scope style open viewbox width height
  aria-label aria-hidden stroke stroke-dasharray d x y text-anchor transform`.split(/\s+/),
)
/** What our own drawings put into styles; nothing of a file may come there. */
const STYLE = /^(background:var\(--m\d\)|display:inline-block;width:24px)$/

interface Tag {
  readonly name: string
  readonly attributes: readonly (readonly [string, string])[]
}

/** Exact for a document in which `<` and `>` stand in no text and in no attribute. */
function tags(html: string): readonly Tag[] {
  const body = html.replace(/<style>[^<]*<\/style>/, '').replace(/^<!doctype html>/, '')
  return [...body.matchAll(/<([^>]*)>/g)].map(([, inside = '']) => {
    const name = /^\/?([a-z0-9]+)/.exec(inside)?.[1] ?? `?${inside}`
    const rest = inside.replace(/^\/?[a-z0-9]+/, '').replace(/\/$/, '')
    const attributes = [...rest.matchAll(/([^\s="]+)(?:="([^"]*)")?/g)].map(
      ([, key = '', value = '']) => [key.toLowerCase(), value] as const,
    )
    return { name, attributes }
  })
}

describe('reportHtml', () => {
  it('E41, H67 lets no name of a file become markup', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        for (const { name, attributes } of tags(reportHtml(report))) {
          expect(ELEMENTS).toContain(name)
          for (const [key, value] of attributes) {
            expect(ATTRIBUTES).toContain(key)
            if (key === 'style') expect(value).toMatch(STYLE)
            if (key === 'd') expect(value).toMatch(/^[MLH\d. -]*$/)
          }
        }
      }),
      { numRuns: 30 },
    )
  })

  it('holds the report, to be opened again', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const outcome = readReport(new TextEncoder().encode(reportHtml(report)), 'r.html')
        if (!outcome.ok) throw new Error(outcome.failure.message)
        expect(JSON.parse(JSON.stringify(outcome.value))).toEqual(
          JSON.parse(JSON.stringify(report)),
        )
      }),
      { numRuns: 20 },
    )
  })

  it('allows itself nothing but its own style', () => {
    const text = reportHtml(reportOf([reportModel('a', { metrics: { accuracy: 0.9 } })]))
    expect(text).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:;`,
    )
    expect(text).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import/i)
    expect(text).toContain('<h1>a reaches 0.900 accuracy on 629 rows.</h1>')
  })

  it('shows failures with their advice and requirements with their figures', () => {
    const error = { code: 'run-failed' as const, message: 'b broke.', advice: 'Mend it.' }
    const text = reportHtml(reportOf([reportModel('b', { status: 'failed', error })]), [
      {
        ...{ expression: 'candidate.accuracy > 1', holds: false },
        checks: [{ candidate: 'b', holds: false, text: 'b: undefined' }],
      },
    ])
    expect(text).toMatch(/b broke\.\s+<span class="muted">Mend it\.<\/span>/)
    expect(text).toContain('<strong class="bad">Does not hold</strong>')
  })
})
