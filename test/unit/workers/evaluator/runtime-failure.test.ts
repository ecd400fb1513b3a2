import * as ort from 'onnxruntime-web/wasm'
import { describe, expect, it } from 'vitest'
import { runtimeFailure } from '../../../../workers/evaluator/runtime-failure'
import { BROKEN_MODELS } from '../../../fixtures/broken-models'

ort.env.wasm.numThreads = 1

async function loadAndRun(bytes: Uint8Array): Promise<void> {
  const session = await ort.InferenceSession.create(bytes, { logSeverityLevel: 4 })
  await session.run({ x: new ort.Tensor('float32', new Float32Array(8), [2, 4]) })
}

describe('an error of the runtime', () => {
  it.each(BROKEN_MODELS)(
    'D34 names operator, node and backend: $what',
    async ({ bytes, code, says }) => {
      const model = { name: 'any.onnx', backend: 'wasm', file: new Blob([bytes]) } as const
      const error: unknown = await loadAndRun(bytes).catch((reason: unknown) => reason)
      const failure = await runtimeFailure(model, error)
      expect(failure).toMatchObject({
        code,
        message: `any.onnx ${says.replace('BACKEND', 'WASM')}`,
      })
      expect(failure.advice).toMatch(/\.$/)
    },
  )

  it('D34 names the operator alone where the file is gone', async () => {
    const error = new Error('No Op registered for Frob with domain_version of 17')
    const model = { name: 'any', backend: 'webgpu', file: new Blob(['no model']) } as const
    expect((await runtimeFailure(model, error)).message).toBe(
      'any uses the operator Frob, of version 17 of its operator set, which the runtime does not have on WebGPU.',
    )
  })

  it('leaves names of a file no markup, turns or endless texts', async () => {
    const node = `\u202e${'x'.repeat(5000)}`
    const error = new Error(
      `Non-zero status code returned while running Add node. Name:'${node}' Status Message: a.h:1 f broken\n`,
    )
    const model = { name: 'any', backend: 'wasm', file: new Blob([]) } as const
    const { message } = await runtimeFailure(model, error)
    expect(message).toMatch(/^any stopped on WASM at the operator Add \(node "x+…"\): broken\.$/)
    expect(message.length).toBeLessThan(300)
  })
})
