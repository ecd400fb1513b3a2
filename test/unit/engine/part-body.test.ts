import { describe, expect, it } from 'vitest'
import { packBody, unpackBody, type PartBody } from '../../../src/engine/part-body'

/** What the merge reads of a body; the rest goes along as it is. */
const body = {
  kind: 'classification',
  models: [{ id: 'model-1', name: '__proto__' }],
  preparation: { rows: 3, bindings: {}, labels: { classes: ['a', 'b'], source: 'x' } },
  comparison: { metrics: [], baselineId: null, seed: 0 },
  targets: { kind: 'classification', classes: Int32Array.of(0, 1, -1) },
  plan: { models: [] },
  runs: [],
  answers: {
    'model-1': [
      { start: 0, end: 2, data: Float32Array.of(0.1, -0, Number.NaN, Infinity) },
      { start: 2, end: 3, data: ['text', ''] },
      { start: 3, end: 4, data: Float64Array.of(1 / 3) },
    ],
  },
} as unknown as PartBody

describe('packBody, unpackBody', () => {
  it('gives every bit back', async () => {
    const unpacked = await unpackBody(await packBody(body), '"a.json"')
    if (!unpacked.ok) throw new Error(unpacked.failure.message)
    expect(unpacked.value).toEqual(body)
    const [first] = unpacked.value.answers['model-1'] ?? []
    expect(first?.data).toBeInstanceOf(Float32Array)
    expect(Object.is(first?.data[1], -0)).toBe(true)
  })

  it('says that a part is damaged, and how', async () => {
    const packed = await packBody(body)
    const reasons = async (change: Partial<typeof packed>) => {
      const outcome = await unpackBody({ ...packed, ...change }, '"a.json"')
      return outcome.ok ? 'read' : outcome.failure.message
    }
    expect(await reasons({ body: '%' })).toBe('"a.json" is damaged: its body is no base64.')
    const flipped = packed.body
      .replace(/.$/s, '')
      .replace(/[A-Za-z]/, (one) => (one === 'A' ? 'B' : 'A'))
    expect(await reasons({ body: flipped })).toMatch(/damaged: its (hash|body)/)
    expect(await reasons({ sha256: 'ab' })).toContain('its hash does not fit its content')
    const empty = await packBody({} as PartBody)
    expect(await reasons(empty)).toContain('it lacks what a part holds')
  })
})
