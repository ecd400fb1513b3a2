import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createReaderClient } from '../../src/engine/create-reader-client'
import { CNN, expectSound, GPU_DEADLINES, LINEAR, MLP, Rig, ROWS } from './rig'

const rig = new Rig()
const MIB = 1024 ** 2
const GIB = 1024 ** 3

beforeAll(async () => {
  for (const name of [LINEAR, MLP, CNN]) await rig.undisturbed(name)
  rig.reset()
})

afterEach(() => {
  rig.reset()
})

afterAll(() => {
  rig.close()
})

describe('out of memory', () => {
  it('C20 a model larger than the budget is refused before it is loaded, with both figures', async () => {
    const request = await rig.request({
      models: [LINEAR, MLP],
      machine: { memoryBytes: 8 * GIB },
      plannedBytes: { [MLP]: 3 * GIB },
    })
    const finished = await rig.finish(request)
    expect(finished.runs).toMatchObject([
      { status: 'ok' },
      { status: 'failed', attempts: 0, failure: { code: 'out-of-memory' } },
    ])
    expect(finished.runs[1]?.failure?.message).toBe(
      'digits_mlp needs about 8.5 GiB to load, 3.5 GiB are to be had.',
    )
    expect(rig.faults.calls({ verb: 'create', model: MLP })).toEqual([])
    await expectSound(rig, request, finished)
  })

  it('C21 a batch too large is halved until it fits, and the run goes on', async () => {
    rig.faults.inject({ verb: 'run' }, { kind: 'bad-alloc', overRows: 100 })
    const request = await rig.request({ settings: { batchSize: 256 } })
    const finished = await rig.finish(request)
    expect(finished.runs[0]).toMatchObject({
      status: 'ok',
      backend: 'wasm',
      batchSize: 64,
      failedAttempts: [
        { batchLimit: null, failure: { code: 'out-of-memory' } },
        { batchLimit: 128, failure: { code: 'out-of-memory' } },
      ],
    })
    expect(finished.log.join('\n')).toMatch(/needed more memory .* batches of up to 128/)
    expect(rig.faults.rows()).toBe(ROWS)
    await expectSound(rig, request, finished)
  })

  it('C21 not even one row fits: that model fails by name, the others go on', async () => {
    rig.faults.inject({ verb: 'run', model: MLP }, { kind: 'bad-alloc', overRows: 0 })
    const request = await rig.request({ models: [LINEAR, MLP], settings: { batchSize: 8 } })
    const finished = await rig.finish(request)
    expect(finished.runs.map(({ status }) => status)).toEqual(['ok', 'failed'])
    expect(finished.runs[1]?.failure).toMatchObject({ code: 'out-of-memory' })
    await expectSound(rig, request, finished)
  })

  it('C22 five models where memory bears two: never more than two workers, and it says so', async () => {
    const models = [LINEAR, MLP, CNN, 'digits_linear.2.onnx', 'digits_mlp.2.onnx']
    const request = await rig.request({
      models,
      settings: { lanes: 5 },
      machine: { memoryBytes: 280 * MIB },
    })
    expect(request.plan).toMatchObject({ mode: 'pool', lanes: 2 })
    expect(request.plan.reason).toMatch(/Memory bears no more at once: the other models wait\.$/)
    let most = 0
    const finished = await rig.finish(request, () => {
      most = Math.max(most, rig.workers.alive)
    })
    expect(most).toBe(2)
    expect(finished.runs.map(({ status }) => status)).toEqual(models.map(() => 'ok'))
    await expectSound(rig, request, finished)
  })

  it('C24 the GPU runs out of memory: the batch is halved once, then WASM', async () => {
    rig.workers.preludes.set(
      'evaluator',
      // What an allocation that fails gives: an error object in the place of a buffer.
      `const { createBuffer } = GPUDevice.prototype
       GPUDevice.prototype.createBuffer = function (descriptor) {
         const isBatch = descriptor.size >= 4096 && !descriptor.mappedAtCreation
         return createBuffer.call(this, isBatch ? { ...descriptor, size: 2 ** 45 } : descriptor)
       }`,
    )
    const request = await rig.request({
      settings: { backend: 'webgpu', batchSize: 64 },
      deadlines: GPU_DEADLINES,
    })
    const finished = await rig.finish(request)
    const [run] = finished.runs
    expect(run?.failedAttempts).toMatchObject([
      { backend: 'webgpu', batchLimit: null, failure: { code: 'out-of-memory' } },
      { backend: 'webgpu', batchLimit: 32, failure: { code: 'out-of-memory' } },
    ])
    expect(run).toMatchObject({ status: 'ok', backend: 'wasm' })
    await expectSound(rig, request, finished)
  })

  const full = `Blob.prototype.arrayBuffer = () => Promise.reject(new RangeError('Array buffer allocation failed'))`

  it('C26 no memory to read a model when it is added: file and size are named', async () => {
    rig.workers.preludes.set('reader', full)
    const reader = createReaderClient()
    const outcome = await reader.readModel(await rig.file(MLP), 'm')
    reader.close()
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'out-of-memory' } })
    if (!outcome.ok) expect(outcome.failure.message).toMatch(/digits_mlp\.onnx.*\d kB/)
  })

  it('C26 no memory to read a model when it is run: file and size are named', async () => {
    rig.workers.preludes.set('evaluator', full)
    const request = await rig.request()
    const finished = await rig.finish(request)
    expect(finished.runs[0]?.failure).toMatchObject({ code: 'out-of-memory' })
    expect(finished.runs[0]?.failure?.message).toMatch(
      /digits_linear\.onnx \(\d.* kB\) does not fit/,
    )
    await expectSound(rig, request, finished)
  })
})
