import { beforeEach, describe, expect, it } from 'vitest'
import type { OutputBinding } from '../../../../src/core/task'
import { Analysis } from '../../../../workers/analysis/analysis'

const SCORES: OutputBinding = { kind: 'scores', output: 'y', width: 2 }
const LABEL: OutputBinding = { kind: 'label', output: 'y', width: 1 }

describe('Analysis', () => {
  let analysis: Analysis

  beforeEach(async () => {
    analysis = new Analysis()
    await analysis.begin({
      kind: 'classification',
      rows: 4,
      targets: { kind: 'classification', classes: Int32Array.of(0, 1, 1, 0) },
      labels: { classes: ['a', 'b'], source: 'As sorted.' },
    })
  })

  it('takes pieces in any order and scores them in the order of the rows', async () => {
    const late = Float32Array.of(0.2, 0.8, 0.9, 0.1)
    expect(await analysis.addAnswers('m', SCORES, 2, 4, late)).toMatchObject({ ok: true })
    await analysis.addAnswers('m', SCORES, 0, 1, Float32Array.of(0.7, 0.3))
    await analysis.addAnswers('m', SCORES, 1, 2, Float32Array.of(0.6, 0.4))
    const scores = await analysis.score('m')
    expect(scores).toMatchObject({
      ok: true,
      value: {
        metrics: { accuracy: 0.75 },
        details: {
          confusion: [
            [2, 0],
            [1, 1],
          ],
        },
      },
    })
  })

  it('keeps models apart, numbers and texts', async () => {
    await analysis.addAnswers('m1', LABEL, 0, 4, ['a', 'b', 'b', 'a'])
    await analysis.addAnswers('m2', LABEL, 0, 4, ['b', 'a', 'a', 'b'])
    expect(await analysis.score('m1')).toMatchObject({ value: { metrics: { accuracy: 1 } } })
    expect(await analysis.score('m2')).toMatchObject({ value: { metrics: { accuracy: 0 } } })
  })

  it('refuses rows twice, outside, of another output, type or size', async () => {
    const two = Float32Array.of(1, 0, 0, 1)
    await analysis.addAnswers('m', SCORES, 0, 2, two)
    const refused = await Promise.all([
      analysis.addAnswers('m', SCORES, 1, 3, two),
      analysis.addAnswers('m', SCORES, 3, 5, two),
      analysis.addAnswers('m', SCORES, -1, 1, two),
      analysis.addAnswers('m', LABEL, 2, 4, two),
      analysis.addAnswers('m', SCORES, 2, 4, ['a', 'b', 'a', 'b']),
    ])
    for (const outcome of refused) expect(outcome).toMatchObject({ failure: { code: 'internal' } })
    expect(await analysis.addAnswers('m', SCORES, 2, 4, Float32Array.of(1))).toMatchObject({
      failure: { code: 'output-shape' },
    })
    // What was refused left no trace.
    expect(await analysis.addAnswers('m', SCORES, 2, 4, two)).toMatchObject({ ok: true })
  })

  it('scores no model with rows missing, and none twice', async () => {
    expect(await analysis.score('m')).toMatchObject({ failure: { code: 'internal' } })
    await analysis.addAnswers('m', LABEL, 0, 3, ['a', 'b', 'b'])
    const early = await analysis.score('m')
    expect(early).toMatchObject({ failure: { code: 'internal' } })
    if (!early.ok) expect(early.failure.message).toContain('1 missing')
    await analysis.addAnswers('m', LABEL, 3, 4, ['a'])
    expect(await analysis.score('m')).toMatchObject({ ok: true })
    expect(await analysis.score('m')).toMatchObject({ ok: false })
  })

  it('refuses more answers than can be kept before it makes room', async () => {
    const wide: OutputBinding = { kind: 'scores', output: 'y', width: 2 ** 30 }
    const outcome = await analysis.addAnswers('m', wide, 0, 1, Float32Array.of(1))
    expect(outcome).toMatchObject({ failure: { code: 'out-of-memory' } })
  })

  it('says when no run was begun', async () => {
    const fresh = new Analysis()
    const outcome = await fresh.addAnswers('m', LABEL, 0, 1, ['a'])
    expect(outcome).toMatchObject({ failure: { code: 'worker-failed' } })
  })
})
