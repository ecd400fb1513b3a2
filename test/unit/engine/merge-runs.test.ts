import { describe, expect, it } from 'vitest'
import type { ModelRun, ModelTiming } from '../../../src/core/evaluation'
import { mergeRuns } from '../../../src/engine/merge-runs'

const timing = (rowsPerSecond: number | null): ModelTiming => ({
  ...{ loadMs: 10, firstBatchMs: 2, totalMs: 100, rowsPerSecond },
  batchMs: { p50: 1, p95: 3 },
})

function run(parts: Partial<ModelRun> = {}): ModelRun {
  return {
    ...{ modelId: 'm', status: 'ok', failure: null, attempts: 1, failedAttempts: [] },
    ...{ keptRows: 0, keptAt: null, parity: null, memory: null, backend: 'wasm', threads: 2 },
    ...{ batchSize: 64, timing: timing(1000), scores: null },
    ...parts,
  }
}

const scores = {
  ...{ metrics: { accuracy: 1 }, perClass: null, details: {}, windows: null },
  ...{ notes: [], warnings: ['Odd.'] },
}
const merged = run({ attempts: 0, timing: null, scores, backend: 'webgpu' })

describe('mergeRuns', () => {
  it('adds times up, and takes rates by their rows', () => {
    const both = mergeRuns(merged, [
      { run: run({ timing: timing(1000) }), rows: 1000 },
      { run: run({ timing: timing(3000) }), rows: 3000 },
    ])
    expect(both.timing).toEqual({
      ...{ loadMs: 20, firstBatchMs: 2, totalMs: 200, rowsPerSecond: 2000 },
      batchMs: { p50: null, p95: null },
    })
    expect(both).toMatchObject({ backend: 'wasm', attempts: 1, scores })
  })

  it('keeps what one share alone has measured, and passes over shares without a row', () => {
    const idle = run({ timing: null, backend: 'webgpu', attempts: 0 })
    const one = mergeRuns(merged, [
      { run: idle, rows: 0 },
      { run: run(), rows: 5 },
    ])
    expect(one.timing).toEqual(timing(1000))
    expect(one.scores?.warnings).toEqual(['Odd.'])
  })

  it('says where a model ran in different ways, and joins what was checked', () => {
    const parity = { rows: 32, maxDifference: 1e-6, agrees: true }
    const mixed = mergeRuns(merged, [
      { run: run({ backend: 'webgpu', parity }), rows: 9 },
      { run: run(), rows: 5 },
      { run: run({ backend: 'webgpu', parity: { ...parity, agrees: false } }), rows: 2 },
    ])
    expect(mixed.backend).toBe('webgpu')
    expect(mixed.parity).toEqual({ rows: 64, maxDifference: 1e-6, agrees: false })
    expect(mixed.scores?.warnings).toEqual([
      'Odd.',
      'Some of its rows were answered on WebGPU and some on WASM, in different shares.',
    ])
  })

  it('fails with the share that has failed', () => {
    const failure = { code: 'run-failed', message: 'It broke.', advice: 'Mend it.' } as const
    const broken = run({ status: 'failed', failure })
    const all = mergeRuns(merged, [
      { run: run(), rows: 5 },
      { run: broken, rows: 0 },
    ])
    expect(all).toMatchObject({ status: 'failed', failure })
  })
})
