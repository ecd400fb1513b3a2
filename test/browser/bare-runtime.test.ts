import { wrap, type Remote } from 'comlink'
import { afterEach, describe, expect, it } from 'vitest'
import type { Backend } from '../../src/core/evaluation'
import type { BareRuntime } from '../fixtures/workers/bare-runtime.worker'

/**
 * What the engine's rules rest on, as seen in ONNX Runtime Web 1.30 with nothing of ours around it.
 * A version of the runtime that changes one of these facts fails here, and the rule can be reviewed.
 */
const workers: Worker[] = []

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate()
})

async function load(backend: Backend): Promise<Remote<BareRuntime>> {
  const worker = new Worker(
    new URL('../fixtures/workers/bare-runtime.worker.ts', import.meta.url),
    {
      type: 'module',
    },
  )
  workers.push(worker)
  const runtime = wrap<BareRuntime>(worker)
  const model = await (await fetch('/demo/digits_mlp.onnx')).arrayBuffer()
  await runtime.load(backend, 1, new Uint8Array(model))
  return runtime
}

const rows = new Float32Array(32 * 64).fill(3)

function within<T>(ms: number, promise: Promise<T>): Promise<T | 'never settled'> {
  return Promise.race([
    promise,
    new Promise<'never settled'>((resolve) => {
      setTimeout(() => {
        resolve('never settled')
      }, ms)
    }),
  ])
}

describe('two overlapping run() calls on one session', () => {
  it('both answer on WASM', async () => {
    const runtime = await load('wasm')
    expect(await within(10_000, runtime.overlap(rows, [32, 64]))).toBe(2)
  })

  it('never settle on WebGPU, and the worker answers nothing any more', async () => {
    const runtime = await load('webgpu')
    await runtime.run(rows, [32, 64])
    expect(await within(5_000, runtime.overlap(rows, [32, 64]))).toBe('never settled')
    expect(await within(1_000, runtime.run(rows, [32, 64]))).toBe('never settled')
  })
})

describe('two sessions in one worker, one run() at a time', () => {
  it.each<Backend>(['wasm', 'webgpu'])('answer in turn on %s', async (backend) => {
    const runtime = await load(backend)
    const model = new Uint8Array(await (await fetch('/demo/digits_linear.onnx')).arrayBuffer())
    const answered = within(30_000, runtime.takeTurns(backend, model, rows, [32, 64], 100))
    expect(await answered).toBe(true)
    // The first session is as good as before.
    expect(await within(10_000, runtime.run(rows, [32, 64]))).toHaveLength(320)
  })
})

describe('after the device is lost', () => {
  it('the first and the second run() of the session both reject in this build', async () => {
    const runtime = await load('webgpu')
    await runtime.run(rows, [32, 64])
    await runtime.loseDevice()
    const outcome = () =>
      within(
        5_000,
        runtime.run(rows, [32, 64]).then(
          () => 'answered',
          () => 'rejected',
        ),
      )
    expect([await outcome(), await outcome()]).toEqual(['rejected', 'rejected'])
  })

  it('a fresh worker answers at once', async () => {
    const first = await load('webgpu')
    await first.loseDevice()
    const second = await load('webgpu')
    expect(await within(20_000, second.run(rows, [32, 64]))).toHaveLength(320)
  })
})
