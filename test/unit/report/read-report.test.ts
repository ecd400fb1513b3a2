import { REPORT_BYTES } from '../../../src/core/caps'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { embedReport } from '../../../src/report/embedded-report'
import { readReport } from '../../../src/report/read-report'
import { arbitraryReport } from './arbitrary-report'
import { reportModel, reportOf } from './report-model'

const bytes = (text: string) => new TextEncoder().encode(text)
const read = (document: unknown) => readReport(bytes(JSON.stringify(document)), 'r.json')

function message(document: unknown): string {
  const outcome = read(document)
  return outcome.ok ? 'read' : `${outcome.failure.code}: ${outcome.failure.message}`
}

/** A report with one field changed, deep within. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const document = JSON.parse(JSON.stringify(reportOf([reportModel('a')]))) as object
  let place = document
  for (const step of path.slice(0, -1)) place = Reflect.get(place, step) as object
  Reflect.set(place, path.at(-1) ?? '', value)
  return document
}

describe('readReport', () => {
  it('reads back what was written, from JSON and from HTML', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => {
        const json = JSON.stringify(report)
        for (const text of [json, `<!doctype html>\n<body>${embedReport(json)}</body>`]) {
          const outcome = readReport(bytes(text), 'r')
          if (!outcome.ok) throw new Error(outcome.failure.message)
          expect(JSON.parse(JSON.stringify(outcome.value))).toEqual(JSON.parse(json))
        }
      }),
    )
  })

  it('keeps a model called __proto__ apart from the prototype', () => {
    const text = JSON.stringify(reportOf([reportModel('__proto__')])).replace(
      '"backends":{}',
      '"backends":{"__proto__":"webgpu"}',
    )
    const outcome = readReport(bytes(text), 'r.json')
    if (!outcome.ok) throw new Error(outcome.failure.message)
    expect(Object.entries(outcome.value.plan.backends)).toEqual([['__proto__', 'webgpu']])
    expect(Reflect.get({}, 'webgpu')).toBeUndefined()
  })

  it('names both versions of a schema that it does not know', () => {
    expect(message({ ...reportOf([]), schema: 'bakeoff.report/2' })).toBe(
      'report-version: "r.json" is of the schema bakeoff.report/2; this version of Bakeoff reads bakeoff.report/1.',
    )
  })

  it('reads a report of an early version, without the fields that came later', () => {
    const model: Record<string, unknown> = {
      ...reportModel('a', { metrics: { accuracy: 0.5, f1Macro: 0.4 } }),
    }
    const late = ['failedAttempts', 'keptRows', 'keptAt', 'parity', 'memory', 'threads', 'notes']
    for (const field of [...late, 'warnings', 'windows', 'intervals'])
      Reflect.deleteProperty(model, field)
    const document: Record<string, unknown> = { ...reportOf([]), models: [model], ranking: ['a'] }
    for (const field of ['metrics', 'comparisons', 'events'])
      Reflect.deleteProperty(document, field)
    const outcome = read(document)
    if (!outcome.ok) throw new Error(outcome.failure.message)
    const [first] = outcome.value.models
    expect(first).toMatchObject({
      keptRows: 0,
      parity: null,
      threads: null,
      notes: [],
      windows: null,
    })
    expect(outcome.value.comparisons).toEqual([])
    expect(outcome.value.metrics.map(({ id }) => id)).toEqual(['accuracy', 'f1Macro'])
  })

  it('passes over fields that a later version has added', () => {
    const outcome = read({ ...reportOf([]), weather: { mild: true } })
    expect(outcome.ok && 'weather' in outcome.value).toBe(false)
    expect(outcome.ok).toBe(true)
  })

  it.each([
    [['models', 0, 'sha256'], undefined, '"models.0.sha256" is missing'],
    [['models', 0, 'bytes'], 'many', '"models.0.bytes" is no number'],
    [['models', 0, 'name'], 'a\u202eb', '"models.0.name" holds characters that cannot be shown'],
    [['models', 0, 'metrics'], { f: 'x' }, '"models.0.metrics" has an entry that is no number'],
    [['models', 0, 'details', 'confusion'], [[1], [2]], 'is not square'],
    [['models'], { length: 1 }, '"models" is no list'],
    [['ranking'], ['b'], 'its ranking does not name its models'],
    [['dataset', 'rows'], -1, '"dataset.rows" is below 0'],
    [['createdAt'], 'yesterday', '"createdAt" is no ISO 8601 time'],
    [['createdAt'], '2026-13-01T00:00Z', '"createdAt" is no ISO 8601 time'],
    [['task', 'kind'], 'oracle', '"task.kind" is not as a report has it'],
    [['schema'], 'other', 'it does not name the schema bakeoff.report/1'],
  ] as const)('refuses %j = %j by its place', (path, value, reason) => {
    expect(message(changed(path, value))).toContain(reason)
  })

  it('refuses numbers that JSON cannot hold, models that share a name, and failures', () => {
    const text = JSON.stringify(reportOf([])).replace('"rows":629', '"rows":1e999')
    const outcome = readReport(bytes(text), 'r.json')
    expect(outcome.ok || outcome.failure.message).toContain('"dataset.rows" is no whole number')
    expect(message(reportOf([reportModel('a'), reportModel('a')]))).toContain('the same name')
    expect(message({ error: { code: 'no-rows', message: 'No rows.', advice: '' } })).toContain(
      'it says why a comparison has failed: "No rows."',
    )
  })

  it('survives depth, size, other bytes and other pages', () => {
    const deep = `${'['.repeat(1e6)}${']'.repeat(1e6)}`
    const nested = JSON.stringify(reportOf([])).replace('"comparisons":[]', `"comparisons":${deep}`)
    for (const text of [deep, nested, '', '{', 'null', '[]', '<!doctype html><p>hello']) {
      expect(readReport(bytes(text), 'r.json')).toMatchObject({
        ok: false,
        failure: { code: 'report-invalid' },
      })
    }
    expect(readReport(Uint8Array.of(0xff, 0xfe, 0), 'r.json').ok).toBe(false)
    expect(readReport(new Uint8Array(REPORT_BYTES + 1), 'r.json')).toMatchObject({
      failure: { code: 'file-too-large' },
    })
  })

  it('never throws, whatever the document', () => {
    fc.assert(
      fc.property(
        fc.anything(),
        fc.constantFrom('models', 'dataset', 'task', 'plan'),
        (value, field) => {
          const text = JSON.stringify({ ...reportOf([]), [field]: value })
          readReport(bytes(text), 'r.json')
        },
      ),
    )
  })
})
