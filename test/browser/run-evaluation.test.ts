import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, type EvaluationSettings, type RunEvent } from '../../src/core/evaluation'
import type { Outcome } from '../../src/core/failure'
import { createReaderClient } from '../../src/engine/create-reader-client'
import { detectMachine } from '../../src/engine/detect-machine'
import { GpuHealth } from '../../src/engine/gpu-health'
import { planEvaluation } from '../../src/engine/plan'
import type { ReaderClient } from '../../src/engine/reader-client'
import { runEvaluation } from '../../src/engine/run-evaluation'
import type { EvaluationRun } from '../../src/engine/run-request'
import expected from '../reference/digits.expected.json'

type Digits = keyof typeof expected.digits.models

const DIGITS: readonly Digits[] = ['digits_linear.onnx', 'digits_mlp.onnx', 'digits_cnn.onnx']

/** Counts evaluator workers alive at once, at the browser's own constructor. */
class EvaluatorCount {
  alive = 0
  most = 0
  started = 0
  readonly #original = globalThis.Worker

  constructor() {
    const count = (change: number) => {
      this.alive += change
      this.started += Math.max(0, change)
      this.most = Math.max(this.most, this.alive)
    }
    globalThis.Worker = class extends this.#original {
      #isCounted: boolean
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        this.#isCounted = options?.name === 'evaluator'
        if (this.#isCounted) count(1)
      }
      override terminate(): void {
        super.terminate()
        if (this.#isCounted) count(-1)
        this.#isCounted = false
      }
    }
  }

  restore(): void {
    globalThis.Worker = this.#original
  }
}

let reader: ReaderClient
let workers: EvaluatorCount

beforeEach(() => {
  workers = new EvaluatorCount()
  reader = createReaderClient()
})

afterEach(() => {
  reader.close()
  workers.restore()
})

async function start(
  fileNames: readonly string[],
  settings: Partial<EvaluationSettings>,
  onEvent: (event: RunEvent) => void = () => undefined,
  copies = 1,
): Promise<EvaluationRun> {
  const files = new Map<string, File>()
  for (const [index, name] of fileNames.entries()) {
    const bytes = await (await fetch(`/demo/${name}`)).blob()
    files.set(`m${String(index)}`, new File([bytes], name))
  }
  const models = await Promise.all(
    [...files].map(([id, file]) => reader.readModel(file, id).then(valueOf)),
  )
  const [head = '', ...lines] = (await (await fetch('/demo/digits.csv')).text()).trim().split('\n')
  const text = [head, ...Array.from({ length: copies }, () => lines).flat()].join('\n')
  const table = new File([text], 'digits.csv')
  const dataset = valueOf(await reader.readDataset(table, 'd', () => undefined))
  const proposal = valueOf(await reader.propose('d', models))
  const preparation = valueOf(await reader.prepare({ datasetId: 'd', ...proposal, models }))
  const task = valueOf(await reader.tasks()).find(({ kind }) => kind === proposal.kind)
  const metric = task?.metrics.find(({ id }) => id === proposal.metric)
  if (metric === undefined) throw new Error(`no metric ${proposal.metric}`)
  const plan = planEvaluation(
    models.map((model) => ({ ...model, rowBytes: 296 })),
    preparation.rows,
    await detectMachine(),
    { ...DEFAULT_SETTINGS, ...settings },
  )
  return runEvaluation(
    {
      kind: proposal.kind,
      metric,
      comparison: { metrics: task?.metrics ?? [], baselineId: null, seed: 0 },
      dataset,
      roles: proposal.roles,
      models,
      files,
      preparation,
      plan,
      reader,
      gpu: new GpuHealth(),
      journal: null,
      useKept: true,
    },
    onEvent,
  )
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

describe('runEvaluation on WASM', () => {
  it.each([
    { names: DIGITS.slice(0, 1), lanes: 1 },
    { names: DIGITS.slice(0, 2), lanes: 1 },
    { names: DIGITS, lanes: 2 },
  ])(
    'meets scikit-learn’s figures to 1e-6 with $names.length model(s)',
    async ({ names, lanes }) => {
      const run = await start(names, { backend: 'wasm', lanes: 2 })
      const { runs } = await run.done
      expect(workers).toMatchObject({ most: lanes, alive: 0 })
      for (const [index, name] of names.entries()) {
        const { confusion, ...figures } = expected.digits.models[name]
        const result = runs[index]
        expect(result).toMatchObject({ status: 'ok', backend: 'wasm', attempts: 1 })
        for (const [id, value] of Object.entries(figures)) {
          expect(
            Math.abs((result?.scores?.metrics[id] ?? NaN) - value),
            `${name} ${id}`,
          ).toBeLessThan(1e-6)
        }
        expect(result?.scores?.details.confusion).toEqual(confusion)
      }
    },
  )

  it('gives the same figures whatever the mode, lanes and batch size', async () => {
    const settings: Partial<EvaluationSettings>[] = [
      { sequentialUpTo: 3 },
      { lanes: 2, batchSize: 7 },
      { lanes: 3, batchSize: 1024 },
    ]
    const figures = []
    for (const setting of settings) {
      const run = await start(DIGITS, { backend: 'wasm', ...setting }, undefined, 3)
      const { runs, compared } = await run.done
      expect(compared?.ok).toBe(true)
      figures.push([runs.map(({ scores }) => scores), compared])
    }
    expect(figures[1]).toEqual(figures[0])
    expect(figures[2]).toEqual(figures[0])
  })

  it('logs what users of the earlier system look for', async () => {
    const lines: string[] = []
    const onEvent = (event: RunEvent) => {
      if (event.type === 'log') lines.push(event.entry.text)
    }
    await (
      await start(DIGITS.slice(0, 2), { backend: 'wasm' }, onEvent)
    ).done
    expect(lines.map((line) => line.replace(/\d+\.\d+ ?s/, 'T s'))).toEqual([
      '🔧 Using SEQUENTIAL processing to avoid GPU deadlock (models: 2)',
      '📊 [1/2] Evaluating digits_linear...',
      '✓ Score: 0.9332, Time: T s',
      '📊 [2/2] Evaluating digits_mlp...',
      '✓ Score: 0.9777, Time: T s',
      'Comparing 2 models…',
      'Sequential evaluation completed in T seconds',
    ])
  })

  it('compares the models once all have ended, telling how far it is', async () => {
    const shares: number[] = []
    const run = await start(DIGITS, { backend: 'wasm' }, (event) => {
      if (event.type === 'comparing') shares.push(event.share)
    })
    const { compared } = await run.done
    const value = compared?.ok === true ? compared.value : null
    expect(value?.comparisons[0]).toMatchObject({ metric: 'accuracy', verdict: 'better' })
    expect(value?.tieGroups).toEqual([['m2', 'm1'], ['m0']])
    expect(value?.pairing?.rows).toBe(629)
    expect(shares.length).toBeGreaterThan(20)
    expect(shares.at(-1)).toBeCloseTo(1, 6)
  })

  it('stops a comparison within 100 ms and keeps the figures of all models', async () => {
    let begin: () => void = () => undefined
    const comparing = new Promise<void>((resolve) => {
      begin = resolve
    })
    const run = await start(
      DIGITS.slice(0, 2),
      { backend: 'wasm' },
      ({ type }) => {
        if (type === 'comparing') begin()
      },
      40,
    )
    await comparing
    const stopped = performance.now()
    run.cancel()
    const { runs, compared, isCancelled } = await run.done
    expect(performance.now() - stopped).toBeLessThan(100)
    expect(isCancelled).toBe(true)
    expect(runs.map(({ status }) => status)).toEqual(['ok', 'ok'])
    expect(runs[0]?.scores?.metrics['accuracy']).toBeGreaterThan(0.9)
    expect(compared).toMatchObject({ ok: false, failure: { code: 'cancelled' } })
    expect(workers.alive).toBe(0)
  })

  it('stops within 100 ms, keeps what is finished and leaves no worker behind', async () => {
    let sawProgress: () => void = () => undefined
    const progress = new Promise<void>((resolve) => {
      sawProgress = resolve
    })
    const run = await start(
      ['digits_linear.onnx', 'digits_cnn.onnx'],
      { backend: 'wasm', batchSize: 1 },
      (event) => {
        if (event.type === 'model-progress' && event.phase === 'running' && event.rowsDone > 0) {
          if (event.modelId === 'm1') sawProgress()
        }
      },
      20,
    )
    await progress
    const stopped = performance.now()
    run.cancel()
    const { runs, isCancelled } = await run.done
    expect(performance.now() - stopped).toBeLessThan(100)
    expect(isCancelled).toBe(true)
    expect(runs.map(({ status }) => status)).toEqual(['ok', 'cancelled'])
    expect(runs[1]?.scores).toBeNull()
    expect(workers.alive).toBe(0)
  })
})

describe('runEvaluation on software WebGPU', () => {
  it('agrees with WASM on the demo, one model after another in one worker', async () => {
    const names = DIGITS.slice(0, 2)
    const run = await start(names, { backend: 'webgpu', batchSize: 64 })
    const { runs, runtime } = await run.done
    expect(runtime?.name).toMatch(/WebGPU/)
    expect(workers).toMatchObject({ most: 1, started: 1, alive: 0 })
    for (const [index, name] of names.entries()) {
      expect(runs[index]).toMatchObject({ status: 'ok', backend: 'webgpu' })
      expect(runs[index]?.scores?.metrics['accuracy']).toBeCloseTo(
        expected.digits.models[name].accuracy,
        6,
      )
    }
  })

  it('runs three models on lanes with a device each', async () => {
    const run = await start(DIGITS, { backend: 'webgpu', lanes: 2, batchSize: 64 })
    const { runs } = await run.done
    expect(runs.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok'])
    expect(workers).toMatchObject({ most: 2, alive: 0 })
  })
})
