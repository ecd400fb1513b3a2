import { proxy, wrap } from 'comlink'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { EvaluatorApi } from '../../src/contract/evaluator'
import type { RunEvent } from '../../src/core/evaluation'
import { detectMachine } from '../../src/engine/detect-machine'
import { Journal } from '../../src/engine/journal'
import { runEvaluation } from '../../src/engine/run-evaluation'
import { spawnEvaluator } from '../../src/engine/spawn'
import { blockJournal, deleteJournal, holdJournal } from './journal-storage'
import { CNN, expectSound, GPU_DEADLINES, LINEAR, MLP, Rig, ROWS } from './rig'

const rig = new Rig()

beforeAll(async () => {
  for (const name of [LINEAR, MLP, CNN]) await rig.undisturbed(name)
  rig.reset()
})

// All of a file's tests share one page: each is the next evaluation of the one before it.
afterEach(() => {
  rig.reset()
})

afterAll(() => {
  rig.close()
})

describe('hangs', () => {
  it('A1 two evaluations at once on one GPU: one waits, says for what, and then runs', async () => {
    const options = {
      settings: { backend: 'webgpu', batchSize: 256 },
      deadlines: GPU_DEADLINES,
    } as const
    const first = await rig.request({ ...options, models: [MLP] })
    const second = await rig.request({ ...options, models: [MLP] })
    const holders: (string | null)[] = []
    const onEvent = (event: RunEvent) => {
      if (event.type === 'waiting-for-gpu' && event.holder !== null) holders.push(event.holder)
    }
    // Which of them comes first is not said: each has its own worker to start.
    const [one, two] = await Promise.all([rig.finish(first, onEvent), rig.finish(second, onEvent)])
    expect(holders).toEqual(['1 model on digits.csv'])
    const waits = [one, two].filter(({ log }) =>
      log.join('\n').includes('The GPU is taken by 1 model on digits.csv; waiting'),
    )
    expect(waits).toHaveLength(1)
    await expectSound(rig, first, one)
    await expectSound(rig, second, two)
    expect(two.runs[0]?.backend).toBe('webgpu')
    expect(rig.faults.overlaps('webgpu')).toEqual([])
  })

  it('A2 overlapping calls to one worker are answered one after another', async () => {
    const request = await rig.request({ models: [LINEAR, MLP] })
    const binding = request.preparation.bindings['m0']
    const file = request.files.get('m0')
    if (binding?.ok !== true || file === undefined) throw new Error('no binding')
    const block = await request.reader.block(0, 0, 128)
    if (!block.ok) throw new Error(block.failure.message)
    const worker = spawnEvaluator()
    const api = wrap<EvaluatorApi>(worker)
    await api.connect(
      proxy(() => undefined),
      proxy(() => undefined),
    )
    const load = (modelId: string) =>
      api.load({
        modelId,
        name: LINEAR,
        file,
        backend: 'webgpu',
        threads: 1,
        binding: binding.value,
        batchSize: 64,
        batchLimit: null,
      })
    const evaluate = (modelId: string, start: number) =>
      api.evaluate({ modelId, start, end: start + 64, blocks: [block.value], budgetMs: 60_000 })
    await load('a')
    const calls = await Promise.all([
      evaluate('a', 0),
      evaluate('a', 64),
      load('b'),
      evaluate('b', 0),
    ])
    worker.terminate()
    expect(calls.map(({ ok }) => ok)).toEqual([true, true, true, true])
    expect(rig.faults.calls({ verb: 'run', backend: 'webgpu' })).toHaveLength(3)
    expect(rig.faults.overlaps()).toEqual([])
  })

  it('A3 run() never settles once: a fresh worker goes on from the last finished batch', async () => {
    rig.faults.inject({ verb: 'run', nth: 4 }, { kind: 'hang' })
    const request = await rig.request()
    const finished = await rig.finish(request)
    expect(finished.runs[0]).toMatchObject({ status: 'ok', attempts: 2 })
    expect(finished.log.join('\n')).toMatch(/digits_linear\.onnx stopped answering after \d/)
    expect(rig.faults.rows()).toBe(ROWS)
    await expectSound(rig, request, finished)
  })

  it('A3 run() never settles at all: that model fails by name, the others go on', async () => {
    rig.faults.inject({ verb: 'run', model: MLP }, { kind: 'hang' })
    const request = await rig.request({ models: [LINEAR, MLP, CNN], settings: { lanes: 2 } })
    const finished = await rig.finish(request)
    expect(finished.runs.map(({ status }) => status)).toEqual(['ok', 'failed', 'ok'])
    expect(finished.runs[1]?.failure?.message).toMatch(/digits_mlp\.onnx stopped answering after/)
    expect(finished.ms).toBeLessThan(10_000)
    await expectSound(rig, request, finished)
  })

  it('A3 run() never settles on WebGPU: two GPU workers, then WASM to the end', async () => {
    rig.faults.inject({ verb: 'run', backend: 'webgpu' }, { kind: 'hang' })
    const request = await rig.request({
      settings: { backend: 'webgpu' },
      deadlines: { sessionMs: 20_000, firstBatchMs: 1_500 },
    })
    const finished = await rig.finish(request)
    const [run] = finished.runs
    expect(run).toMatchObject({ status: 'ok', backend: 'wasm', attempts: 3 })
    expect(run?.failedAttempts.map(({ backend }) => backend)).toEqual(['webgpu', 'webgpu'])
    expect(rig.faults.rows({ backend: 'webgpu' })).toBe(0)
    await expectSound(rig, request, finished)
  })

  it('A4 create() never settles: one retry with one thread, then a failure by name', async () => {
    rig.faults.inject({ verb: 'create', model: MLP }, { kind: 'hang' })
    const request = await rig.request({
      models: [LINEAR, MLP],
      settings: { lanes: 1 },
      deadlines: { sessionMs: 1_200 },
    })
    const finished = await rig.finish(request)
    const [linear, mlp] = finished.runs
    expect(linear?.status).toBe('ok')
    expect(mlp?.failure?.message).toMatch(/digits_mlp\.onnx stopped answering after/)
    expect(mlp?.failedAttempts.map(({ threads }) => threads)).toEqual([2, 1])
    await expectSound(rig, request, finished)
  })

  it('A5 requestAdapter() never settles: WASM after 5 s, with the reason', async () => {
    const silent = 'GPU.prototype.requestAdapter = () => new Promise(() => undefined)'
    rig.workers.preludes.set('evaluator', silent)
    const request = await rig.request({
      settings: { backend: 'webgpu' },
      machine: { adapter: ADAPTER, adapterProblem: null },
    })
    const { requestAdapter } = GPU.prototype
    GPU.prototype.requestAdapter = () => new Promise(() => undefined)
    const detecting = detectMachine()
    const finished = await rig.finish(request)
    const machine = await detecting
    GPU.prototype.requestAdapter = requestAdapter
    expect(machine).toMatchObject({
      adapter: null,
      adapterProblem: 'The WebGPU adapter did not answer within 5 s.',
    })
    const [run] = finished.runs
    expect(run).toMatchObject({ status: 'ok', backend: 'wasm', attempts: 2 })
    expect(run?.failedAttempts[0]?.failure.detail).toMatch(/adapter did not answer within 5000 ms/)
    expect(finished.ms).toBeLessThan(10_000)
    await expectSound(rig, request, finished)
  })

  it('A6 a first batch slower than any later one is no hang, and is shown as the first', async () => {
    rig.faults.inject({ verb: 'run', nth: 1 }, { kind: 'slow', ms: 3_000 })
    const request = await rig.request({ deadlines: { firstBatchMs: 8_000, batchMs: 800 } })
    const phases: string[] = []
    const finished = await rig.finish(request, (event) => {
      if (event.type === 'model-progress') phases.push(event.phase)
    })
    expect(finished.runs[0]).toMatchObject({ status: 'ok', attempts: 1 })
    expect(finished.runs[0]?.timing?.firstBatchMs).toBeGreaterThan(2_900)
    expect(phases.indexOf('first-batch')).toBeGreaterThan(-1)
    expect(phases.indexOf('first-batch')).toBeLessThan(phases.indexOf('running'))
    await expectSound(rig, request, finished)
  })

  it('A7 a worker in an endless loop: Stop answers within 100 ms', async () => {
    rig.faults.inject({ verb: 'run', nth: 3 }, { kind: 'spin' })
    let stoppedAt = 0
    const request = await rig.request()
    const finished = await rig.finish(request, (event, run) => {
      if (event.type !== 'model-progress' || event.phase !== 'first-batch') return
      setTimeout(() => {
        stoppedAt = performance.now()
        run.cancel()
      }, 600)
    })
    expect(performance.now() - stoppedAt).toBeLessThan(100)
    expect(finished).toMatchObject({ isCancelled: true, runs: [{ status: 'cancelled' }] })
    await expectSound(rig, request, finished)
  })

  it('A7 a worker in an endless loop is replaced at its deadline', async () => {
    rig.faults.inject({ verb: 'run', nth: 3 }, { kind: 'spin' })
    const request = await rig.request()
    const finished = await rig.finish(request)
    expect(finished.runs[0]).toMatchObject({ status: 'ok', attempts: 2 })
    await expectSound(rig, request, finished)
  })

  it.each(['loading', 'first-batch', 'running', 'scoring'] as const)(
    'A7 Stop answers within 100 ms while %s',
    async (phase) => {
      rig.faults.inject({ verb: 'run' }, { kind: 'slow', ms: 110 })
      const request = await rig.request({ models: [MLP], settings: { batchSize: 256 } })
      let stoppedAt = 0
      const isPhase = (event: RunEvent) => event.type === 'model-progress' && event.phase === phase
      const finished = await rig.finish(request, (event, run) => {
        if (!isPhase(event) || stoppedAt > 0) return
        stoppedAt = performance.now()
        run.cancel()
      })
      expect(performance.now() - stoppedAt).toBeLessThan(100)
      expect(finished).toMatchObject({ isCancelled: true, runs: [{ status: 'cancelled' }] })
      await expectSound(rig, request, finished)
    },
  )

  it('A7 Stop answers within 100 ms while the storage does not', async () => {
    await deleteJournal()
    const problems: string[] = []
    const journal = new Journal((problem) => problems.push(problem))
    await journal.models()
    const release = await holdJournal()
    const request = await rig.request({ journal })
    const run = runEvaluation(request, () => undefined)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const stoppedAt = performance.now()
    run.cancel()
    const result = await run.done
    expect(performance.now() - stoppedAt).toBeLessThan(100)
    expect(result).toMatchObject({ isCancelled: true, runs: [{ status: 'cancelled' }] })
    expect(problems).toEqual([])
    release()
  })

  it.each([
    { fault: 'is missing', script: '/no-such-evaluator.js' },
    { fault: 'has a syntax error', script: scriptOf('const = 1') },
  ])('A8 a worker script that $fault is a failure by name within 2 s', async ({ script }) => {
    // What a run takes on this machine as busy as it is now, its analysis included.
    const calm = await rig.run()
    rig.workers.scripts.set('evaluator', script)
    const request = await rig.request()
    const finished = await rig.finish(request)
    expect(finished.ms).toBeLessThan(calm.ms + 2_000)
    expect(finished.runs[0]?.failure).toMatchObject({ code: 'worker-failed' })
    await expectSound(rig, request, finished)
  })

  it('A9 an error thrown outside of any call ends the call with its message', async () => {
    const text = 'thrown outside of a call'
    rig.faults.inject({ verb: 'run', model: MLP }, { kind: 'throw-outside', text })
    const request = await rig.request({ models: [LINEAR, MLP] })
    const finished = await rig.finish(request)
    expect(finished.runs.map(({ status }) => status)).toEqual(['ok', 'failed'])
    expect(finished.runs[1]?.failure?.detail).toContain(text)
    expect(finished.ms).toBeLessThan(10_000)
    await expectSound(rig, request, finished)
  })

  it('A10 storage that never opens: the run goes on in memory and says so once', async () => {
    const release = await blockJournal()
    const problems: string[] = []
    const journal = new Journal((problem) => problems.push(problem))
    const request = await rig.request({ journal })
    const finished = await rig.finish(request)
    await release()
    expect(problems).toEqual([expect.stringMatching(/does not answer\. Results are not saved/)])
    expect(finished.runs[0]?.status).toBe('ok')
    expect(finished.ms).toBeLessThan(10_000)
    await expectSound(rig, request, finished)
  })

  it('A10 storage that stops answering in mid-run is no hang of the worker', async () => {
    await deleteJournal()
    const problems: string[] = []
    const journal = new Journal((problem) => problems.push(problem))
    await journal.models()
    const request = await rig.request({
      journal,
      deadlines: { batchMs: 1_000, firstBatchMs: 2_500 },
    })
    let release: () => void = () => undefined
    const finished = await rig.finish(request, (event) => {
      if (event.type === 'model-started') void holdJournal().then((end) => (release = end))
    })
    release()
    expect(problems).toEqual([expect.stringMatching(/does not answer\. Results are not saved/)])
    expect(finished.runs[0]).toMatchObject({ status: 'ok', attempts: 1 })
    await expectSound(rig, request, finished)
  })
})

const ADAPTER = {
  vendor: 'acme',
  architecture: '',
  description: '',
  isFallback: false,
  hasShaderF16: false,
}

function scriptOf(text: string): string {
  return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
}
