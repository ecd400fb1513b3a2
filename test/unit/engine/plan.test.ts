import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, type Machine } from '../../../src/core/evaluation'
import { planEvaluation, type PlannedModel } from '../../../src/engine/plan'

const GIB = 1024 ** 3

const adapter = {
  vendor: 'nvidia',
  architecture: 'ada',
  description: '',
  isFallback: false,
  hasShaderF16: true,
}

const machine: Machine = {
  cores: 8,
  memoryBytes: 8 * GIB,
  isIsolated: true,
  adapter,
  adapterProblem: null,
}

function models(count: number, change: Partial<PlannedModel> = {}): PlannedModel[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `m${String(index)}`,
    name: `model${String(index)}`,
    bytes: 20_000,
    wasmOnly: null,
    usesFloat16: false,
    rowBytes: 64 * 4 + 10 * 4,
    ...change,
  }))
}

describe('planEvaluation', () => {
  it.each([1, 2])('runs %i model(s) one after another in one worker', (count) => {
    const plan = planEvaluation(models(count), 629, machine, DEFAULT_SETTINGS)
    expect(plan).toMatchObject({ mode: 'sequential', lanes: 1 })
  })

  it('opens a pool from three models on, never with more lanes than models', () => {
    expect(planEvaluation(models(3), 629, machine, DEFAULT_SETTINGS)).toMatchObject({
      mode: 'pool',
      lanes: 3,
    })
    expect(planEvaluation(models(12), 629, machine, DEFAULT_SETTINGS).lanes).toBe(8)
  })

  it('follows sequentialUpTo and lanes where they are set', () => {
    const sequential = { ...DEFAULT_SETTINGS, sequentialUpTo: 6 }
    expect(planEvaluation(models(6), 629, machine, sequential).mode).toBe('sequential')
    const pooled = { ...DEFAULT_SETTINGS, sequentialUpTo: 0, lanes: 2 }
    expect(planEvaluation(models(2), 629, machine, pooled)).toMatchObject({
      mode: 'pool',
      lanes: 2,
    })
  })

  it('gives all cores to one lane and shares them out among many', () => {
    const wasm = { ...DEFAULT_SETTINGS, backend: 'wasm' as const }
    expect(planEvaluation(models(2), 629, machine, wasm).threadsPerLane).toBe(8)
    expect(planEvaluation(models(4), 629, machine, wasm).threadsPerLane).toBe(2)
    const plain = { ...machine, isIsolated: false }
    expect(planEvaluation(models(2), 629, plain, wasm).threadsPerLane).toBe(1)
  })

  it('opens fewer lanes where memory is short', () => {
    const small = { ...machine, memoryBytes: 1 * GIB }
    expect(planEvaluation(models(8), 629, small, DEFAULT_SETTINGS).lanes).toBe(1)
    const large = models(8, { bytes: 1 * GIB })
    expect(planEvaluation(large, 629, machine, DEFAULT_SETTINGS).lanes).toBe(1)
  })

  it('refuses a model that cannot be loaded, before anything is, with both figures', () => {
    const huge = models(1, { bytes: 3 * GIB })
    expect(planEvaluation(huge, 629, machine, DEFAULT_SETTINGS).models[0]?.refusal).toMatchObject({
      code: 'out-of-memory',
      message: 'model0 needs about 8.7 GiB to load, 3.5 GiB are to be had.',
    })
    expect(planEvaluation(models(1), 629, machine, DEFAULT_SETTINGS).models[0]?.refusal).toBeNull()
  })

  it('takes WebGPU only on a real adapter, unless it was asked for', () => {
    const backend = (change: Partial<Machine>, choice: 'auto' | 'webgpu') =>
      planEvaluation(
        models(1),
        629,
        { ...machine, ...change },
        { ...DEFAULT_SETTINGS, backend: choice },
      ).models[0]
    expect(backend({}, 'auto')?.backend).toBe('webgpu')
    const software = { adapter: { ...adapter, isFallback: true } }
    expect(backend(software, 'auto')?.backend).toBe('wasm')
    expect(backend(software, 'auto')?.backendReason).toMatch(/software/)
    expect(backend(software, 'webgpu')?.backend).toBe('webgpu')
    const none = { adapter: null, adapterProblem: 'No adapter here.' }
    expect(backend(none, 'webgpu')).toMatchObject({
      backend: 'wasm',
      backendReason: 'No adapter here.',
    })
  })

  it('sends a model that the GPU build cannot run to WASM, with the reason', () => {
    const trees = models(1, { wasmOnly: 'TreeEnsembleClassifier is not in the GPU build.' })
    expect(planEvaluation(trees, 629, machine, DEFAULT_SETTINGS).models[0]).toEqual({
      modelId: 'm0',
      backend: 'wasm',
      backendReason: 'TreeEnsembleClassifier is not in the GPU build.',
      refusal: null,
    })
  })

  it('sends a model to WASM where that is faster, unless a GPU was asked for', () => {
    const prefersWasm = 'It is faster there.'
    const policies = models(2, { prefersWasm })
    expect(planEvaluation(policies, 629, machine, DEFAULT_SETTINGS).models[0]).toMatchObject({
      backend: 'wasm',
      backendReason: prefersWasm,
    })
    const asked = { ...DEFAULT_SETTINGS, backend: 'webgpu' as const }
    expect(planEvaluation(policies, 629, machine, asked).models[0]?.backend).toBe('webgpu')
  })

  it('cuts rows so that lanes can share the last model', () => {
    const { pieceRows, lanes } = planEvaluation(models(3), 100_000, machine, {
      ...DEFAULT_SETTINGS,
      lanes: 2,
    })
    expect(Math.ceil(100_000 / pieceRows)).toBeGreaterThanOrEqual(lanes * 4)
  })

  it('keeps a piece within its memory however wide a row is', () => {
    const wide = models(3, { rowBytes: 4 * 1024 ** 2 })
    const { pieceRows } = planEvaluation(wide, 1_000_000, machine, DEFAULT_SETTINGS)
    expect(pieceRows * 4 * 1024 ** 2).toBeLessThanOrEqual(32 * 1024 ** 2)
    expect(pieceRows).toBeGreaterThanOrEqual(1)
  })

  it('says why in one sentence', () => {
    const wasm = { ...DEFAULT_SETTINGS, backend: 'wasm' as const }
    expect(planEvaluation(models(3), 629, { ...machine, cores: 2 }, wasm).reason).toBe(
      '3 models: pool of 2 workers, WASM, 1 thread each.',
    )
    expect(planEvaluation(models(2), 629, machine, wasm).reason).toBe(
      '2 models: one after another in one worker on one device, WASM, 8 threads.',
    )
    expect(planEvaluation(models(1), 629, machine, DEFAULT_SETTINGS).reason).toBe(
      '1 model: on its own in one worker on one device, WebGPU.',
    )
  })
})
