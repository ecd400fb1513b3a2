import { describe, expect, it } from 'vitest'
import type { Machine } from '../../../src/core/evaluation'
import { admit, estimateBytes, memoryBudget } from '../../../src/engine/admission'

const GIB = 1024 ** 3
const machine = (memoryBytes: number | null): Machine => ({
  cores: 4,
  memoryBytes,
  isIsolated: true,
  adapter: null,
  adapterProblem: null,
})

describe('admission', () => {
  it('lets a small model in on a small machine', () => {
    expect(admit({ name: 'mlp', bytes: 20_000 }, 'webgpu', machine(GIB))).toBeNull()
  })

  it('refuses a model of 3 GB with what it needs and what there is', () => {
    expect(admit({ name: 'llm', bytes: 3 * GIB }, 'wasm', machine(8 * GIB))).toEqual({
      code: 'out-of-memory',
      message: 'llm needs about 8.5 GiB to load, 3.5 GiB are to be had.',
      advice: 'Quantise the model or keep its weights in a file of their own.',
    })
  })

  it('stops at the heap of WASM on a machine with more memory', () => {
    const model = { name: 'big', bytes: 1.3 * GIB }
    expect(admit(model, 'wasm', machine(64 * GIB))?.code).toBe('out-of-memory')
  })

  it('assumes 4 GiB where the browser does not tell', () => {
    expect(memoryBudget(machine(null))).toBe(2 * GIB)
  })

  it('counts the second runtime of a WebGPU worker', () => {
    const model = { name: 'mlp', bytes: 0 }
    expect(estimateBytes(model, 'webgpu')).toBeGreaterThan(estimateBytes(model, 'wasm'))
  })
})
