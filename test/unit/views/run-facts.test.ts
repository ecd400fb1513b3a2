import { describe, expect, it } from 'vitest'
import { formatMoment } from '../../../src/core/format'
import { interruptedAt } from '../../../src/views/interrupted-at'
import { hasFacts, runFacts } from '../../../src/views/run-facts'
import { reportModel } from '../report/report-model'

const ROWS = 629
const KEPT_AT = '2026-07-27T12:05:00.000Z'

describe('runFacts', () => {
  it('has nothing to say of one undisturbed attempt on WASM', () => {
    const facts = runFacts(reportModel('a'), ROWS)
    expect(hasFacts(facts)).toBe(false)
  })

  it('tells rows that were all kept from rows that a run went on after', () => {
    const kept = runFacts(reportModel('a', { keptRows: ROWS, keptAt: KEPT_AT }), ROWS)
    expect(kept.kept).toBe(`kept from ${formatMoment(KEPT_AT)}, not run again`)
    const part = runFacts(reportModel('a', { keptRows: 400, keptAt: KEPT_AT }), ROWS)
    expect(part.kept).toBe('went on after 400 rows')
  })

  it.each([
    [1.24e-6, 'max difference 1.2e\u22126'],
    [0, 'no difference'],
    [0.0123, 'max difference 0.012'],
  ])('says how far the GPU is from WASM: %d', (maxDifference, text) => {
    const parity = { rows: 32, maxDifference, agrees: true }
    const { parity: fact } = runFacts(reportModel('a', { backend: 'webgpu', parity }), ROWS)
    expect(fact).toEqual({
      tone: 'good',
      word: 'GPU agrees',
      text: `with WASM on 32 of 32 rows, ${text}`,
    })
  })

  it('says that figures are withheld', () => {
    const model = reportModel('a', {
      status: 'failed',
      backend: 'webgpu',
      error: { code: 'parity-disagreement', message: '', advice: '' },
      parity: { rows: 1, maxDifference: 0, agrees: false },
    })
    const facts = runFacts(model, ROWS)
    expect(facts.isWithheld).toBe(true)
    expect(facts.parity).toEqual({
      tone: 'bad',
      word: 'GPU disagrees',
      text: 'with WASM on 1 row compared, in numbers that are not finite: figures withheld',
    })
  })

  it('does not pass over a GPU that nothing was compared with', () => {
    const { parity } = runFacts(reportModel('a', { backend: 'webgpu' }), ROWS)
    expect(parity?.tone).toBe('warn')
    expect(runFacts(reportModel('a', { backend: 'webgpu', status: 'failed' }), ROWS).parity).toBe(
      null,
    )
  })

  it('lists what was tried and left, with the reason', () => {
    const error = { code: 'out-of-memory', message: 'No memory.' } as const
    const model = reportModel('a', {
      attempts: 3,
      failedAttempts: [
        { backend: 'webgpu', threads: 1, batchLimit: null, error },
        { backend: 'wasm', threads: 4, batchLimit: 128, error },
      ],
    })
    const { attempts, failedAttempts } = runFacts(model, ROWS)
    expect(attempts).toBe('3 attempts')
    expect(failedAttempts).toEqual([
      { where: 'WebGPU', reason: 'No memory.' },
      { where: 'WASM, 4 threads, batches of up to 128', reason: 'No memory.' },
    ])
  })
})

describe('interruptedAt', () => {
  it.each([
    [62, 100, '62'],
    [999, 1000, '99'],
    [1000, 1000, '99'],
    [0, 0, '0'],
  ])('%d of %d rows', (rowsDone, rowsTotal, percent) => {
    expect(interruptedAt({ rowsDone, rowsTotal })).toBe(`interrupted at ${percent}\u202f%`)
  })
})
