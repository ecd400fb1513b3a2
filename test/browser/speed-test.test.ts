import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Backend } from '../../src/core/evaluation'
import type { Outcome } from '../../src/core/failure'
import { createReaderClient } from '../../src/engine/create-reader-client'
import { detectMachine } from '../../src/engine/detect-machine'
import { GpuHealth } from '../../src/engine/gpu-health'
import { planSpeedTest, type SpeedLimits } from '../../src/engine/plan-speed-test'
import type { ReaderClient } from '../../src/engine/reader-client'
import { runSpeedTest, type SpeedProgress, type SpeedRun } from '../../src/engine/run-speed-test'

let reader: ReaderClient
let alive = 0
const OriginalWorker = globalThis.Worker

beforeEach(() => {
  alive = 0
  globalThis.Worker = class extends OriginalWorker {
    #isCounted: boolean
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options)
      this.#isCounted = options?.name === 'evaluator' || options?.name === 'analysis'
      if (this.#isCounted) alive += 1
    }
    override terminate(): void {
      super.terminate()
      if (this.#isCounted) alive -= 1
      this.#isCounted = false
    }
  }
  reader = createReaderClient()
})

afterEach(() => {
  reader.close()
  globalThis.Worker = OriginalWorker
})

/** A page that anybody can hide. */
class Page extends EventTarget {
  hidden = false
}

interface Setup {
  /** The first is the baseline; the same file may come twice. */
  readonly files: readonly string[]
  readonly backend?: Backend
  readonly limits?: Partial<SpeedLimits>
  readonly page?: Page
  readonly onProgress?: (progress: SpeedProgress) => void
}

async function start({ files: names, backend = 'wasm', ...rest }: Setup): Promise<SpeedRun> {
  const files = new Map<string, File>()
  for (const [index, name] of names.entries()) {
    const bytes = await (await fetch(`/demo/${name}`)).blob()
    files.set(`m${String(index)}`, new File([bytes], `${String(index)}_${name}`))
  }
  const models = await Promise.all(
    [...files].map(([id, file]) => reader.readModel(file, id).then(valueOf)),
  )
  const table = new File([await (await fetch('/demo/digits.csv')).blob()], 'digits.csv')
  const dataset = valueOf(await reader.readDataset(table, 'd', () => undefined))
  const proposal = valueOf(await reader.propose('d', models))
  const preparation = valueOf(await reader.prepare({ datasetId: 'd', ...proposal, models }))
  const plan = planSpeedTest(
    models.map(({ id, name, bytes }) => ({
      ...{ id, name, bytes, backend, batchSize: 64, fixedBatch: null },
      ...{ rowBytes: 296, isPolicy: false },
    })),
    preparation.rows,
    await detectMachine(),
    { baselineId: 'm0', commonBatchSize: null },
  )
  if (plan === null) throw new Error('no plan')
  const run = { models, files, preparation, reader, gpu: new GpuHealth(), dataset }
  const limits = { ...plan.limits, ...rest.limits }
  const page = rest.page ?? new Page()
  const request = { plan: { ...plan, limits }, run, page, seed: 1 }
  return runSpeedTest(request, rest.onProgress ?? (() => undefined))
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

describe('runSpeedTest on WASM', () => {
  it('finds a much larger model slower and the same model not different', async () => {
    const shares: number[] = []
    const run = await start({
      files: ['digits_linear.onnx', 'digits_cnn.onnx', 'digits_linear.onnx'],
      limits: { warmUpMs: 1_000 },
      onProgress: ({ share }) => shares.push(share),
    })
    const test = valueOf(await run.done)
    const [larger, same] = test.comparisons
    // Other programs on the machine may spoil the control; then nothing may be claimed.
    const isQuiet = test.control?.reason === null
    expect(larger?.verdict).toBe(isQuiet ? 'slower' : 'too noisy to tell')
    expect(larger?.ratio).toBeGreaterThan(2)
    expect(same?.verdict).toBe(isQuiet ? 'no difference found' : 'too noisy to tell')
    expect(test.control?.blocks).toHaveLength(40)
    expect(test.models.map(({ backend, batchSize }) => [backend, batchSize])).toEqual(
      Array.from({ length: 3 }, () => ['wasm', 64]),
    )
    for (const { batches, batchMs, rowsPerSecond, warmUp } of test.models) {
      expect(batches).toBeGreaterThan(100)
      expect(batchMs.p95).toBeGreaterThanOrEqual(batchMs.p50 ?? Infinity)
      expect(rowsPerSecond).toBeGreaterThan(0)
      expect(warmUp.batches).toBeGreaterThan(0)
    }
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(alive).toBe(0)
  })

  it('leaves blocks out in which the tab was hidden, and says so', async () => {
    const page = new Page()
    let hides = 0
    const run = await start({
      files: ['digits_linear.onnx', 'digits_mlp.onnx'],
      limits: { blocks: 8, warmUpMs: 1_000 },
      page,
      onProgress: ({ share }) => {
        // In the candidate's pair alone.
        page.hidden = share > 0.6 && hides < 3
        if (page.hidden) hides += 1
      },
    })
    const test = valueOf(await run.done)
    expect(test.control?.droppedBlocks).toBe(0)
    expect(test.comparisons[0]?.droppedBlocks).toBeGreaterThanOrEqual(3)
    expect(test.comparisons[0]?.blocks).toHaveLength(8)
  })

  it('stops within 100 ms and leaves no worker behind', async () => {
    let begun: () => void = () => undefined
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    const run = await start({
      files: ['digits_cnn.onnx', 'digits_mlp.onnx'],
      onProgress: ({ share }) => {
        if (share > 0.1) begun()
      },
    })
    await hasBegun
    const stoppedAt = performance.now()
    run.cancel()
    const outcome = await run.done
    expect(performance.now() - stoppedAt).toBeLessThan(100)
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect(alive).toBe(0)
  })
})

describe('runSpeedTest on software WebGPU', () => {
  it('times two models on one device in one worker', async () => {
    const run = await start({
      files: ['digits_linear.onnx', 'digits_mlp.onnx'],
      backend: 'webgpu',
      limits: { blocks: 6, pairMs: 10_000, warmUpMs: 500 },
    })
    const test = valueOf(await run.done)
    expect(test.comparisons[0]?.blocks.length).toBeGreaterThan(0)
    expect(test.models.map(({ backend }) => backend)).toEqual(['webgpu', 'webgpu'])
    expect(alive).toBe(0)
  })
})
