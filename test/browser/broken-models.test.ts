import { wrap } from 'comlink'
import { afterEach, describe, expect, it } from 'vitest'
import type { EvaluatorApi } from '../../src/contract/evaluator'
import type { Backend } from '../../src/core/evaluation'
import type { Failure, Outcome } from '../../src/core/failure'
import type { ModelBinding } from '../../src/core/task'
import { BROKEN_MODELS } from '../fixtures/broken-models'

const workers: Worker[] = []

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate()
})

const binding: ModelBinding = {
  inputs: [{ input: 'x', layout: 0, type: 'float32', rowShape: [4], hasBatchAxis: true }],
  output: { kind: 'scores', output: 'y', width: 1 },
  fixedBatch: null,
  rowBytes: 20,
}

/** What a fresh worker makes of the model: no broken session is ever asked again. */
async function failureOf(bytes: Uint8Array<ArrayBuffer>, backend: Backend): Promise<Failure> {
  const worker = new Worker(new URL('../../workers/evaluator.worker.ts', import.meta.url), {
    type: 'module',
  })
  workers.push(worker)
  const evaluator = wrap<EvaluatorApi>(worker)
  const model = { modelId: 'm', name: 'any.onnx', file: new Blob([bytes]), backend, binding }
  const options = { threads: 1, batchSize: 2, batchLimit: null }
  const loaded: Outcome<unknown> = await evaluator.load({ ...model, ...options })
  if (!loaded.ok) return loaded.failure
  const blocks = [{ layout: 0, start: 0, rows: 2, data: new Float32Array(8) }]
  const piece = { modelId: 'm', start: 0, end: 2, blocks, budgetMs: 60_000 }
  const answered = await evaluator.evaluate(piece)
  if (!answered.ok) return answered.failure
  throw new Error('nothing went wrong')
}

describe.each<[Backend, string]>([
  ['wasm', 'WASM'],
  ['webgpu', 'WebGPU'],
])('on %s', (backend, shown) => {
  it.each(BROKEN_MODELS)(
    'D34 names operator, node and backend: $what',
    async ({ bytes, code, says, saysOnWebGpu }) => {
      const words = backend === 'webgpu' ? (saysOnWebGpu ?? says) : says
      const { code: found, message } = await failureOf(bytes, backend)
      expect({ code: found, message }).toEqual({
        code,
        message: `any.onnx ${words.replace('BACKEND', shown)}`,
      })
    },
  )
})
