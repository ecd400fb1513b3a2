import { wrap } from 'comlink'
import { afterEach, expect, it } from 'vitest'
import type { EvaluatorApi } from '../../src/contract/evaluator'
import type { Backend } from '../../src/core/evaluation'

let worker: Worker | undefined

afterEach(() => {
  worker?.terminate()
})

// On the bare WebGPU build two overlapping run() calls never settle (see bare-runtime.test.ts).
it.each<Backend>(['wasm', 'webgpu'])(
  'two overlapping evaluations in one worker both answer on %s',
  async (backend) => {
    worker = new Worker(new URL('../../workers/evaluator.worker.ts', import.meta.url), {
      type: 'module',
    })
    const evaluator = wrap<EvaluatorApi>(worker)
    const file = await (await fetch('/demo/digits_mlp.onnx')).blob()
    const loaded = await evaluator.load({
      modelId: 'mlp',
      name: 'digits_mlp.onnx',
      file,
      backend,
      threads: 1,
      binding: {
        inputs: [
          { input: 'features', layout: 0, type: 'float32', rowShape: [64], hasBatchAxis: true },
        ],
        output: { kind: 'scores', output: 'logits', width: 10 },
        fixedBatch: null,
        rowBytes: 296,
      },
      batchSize: 16,
      batchLimit: null,
    })
    expect(loaded.ok).toBe(true)
    const data = Float32Array.from({ length: 64 * 64 }, (_, index) => (index * 7) % 17)
    const evaluate = (start: number) =>
      evaluator.evaluate({
        modelId: 'mlp',
        start,
        end: start + 32,
        blocks: [{ layout: 0, start: 0, rows: 64, data }],
        budgetMs: 60_000,
      })
    const [first, second] = await Promise.all([evaluate(0), evaluate(32)])
    expect(first).toEqual({ ok: true, value: 32 })
    expect(second).toEqual({ ok: true, value: 64 })
  },
)
