import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { GpuHealth } from '../../src/engine/gpu-health'
import { Journal } from '../../src/engine/journal'
import { halfPrecisionModel } from './half-precision-model'
import { deleteJournal } from './journal-storage'
import { PageClock } from './page-clock'
import { expectSound, GPU_DEADLINES, LINEAR, MLP, Rig, ROWS, valueOf } from './rig'

const rig = new Rig()
const GPU = {
  settings: { backend: 'webgpu', batchSize: 128 },
  deadlines: GPU_DEADLINES,
} as const
const CANARY_ROWS = 32
const MINUTE = 60_000
const THREE_BATCHES = { backend: 'webgpu', batchSize: 256 } as const
const CALLS = 3
/** In the upload, in the readback, between batches. */
const EVERY_CALL = [1, 2, 3].flatMap((nth) =>
  (['before', 'during', 'after'] as const).map((when) => ({ when, nth })),
)

beforeAll(async () => {
  for (const name of [LINEAR, MLP]) await rig.undisturbed(name)
  rig.reset()
})

afterEach(() => {
  rig.reset()
})

afterAll(() => {
  rig.close()
})

describe('losses of the device', () => {
  it('B15 our own release is no loss: two models, one device, nothing said', async () => {
    const gpu = new GpuHealth()
    const request = await rig.request({ ...GPU, gpu, models: [LINEAR, MLP] })
    const finished = await rig.finish(request)
    expect(finished.runs).toMatchObject([
      { status: 'ok', backend: 'webgpu', attempts: 1, parity: { rows: CANARY_ROWS, agrees: true } },
      { status: 'ok', backend: 'webgpu', attempts: 1, parity: { rows: CANARY_ROWS, agrees: true } },
    ])
    expect(gpu.losses).toBe(0)
    expect(finished.log.filter((line) => /lost|GPU went|goes on/i.test(line))).toEqual([])
    await expectSound(rig, request, finished)
  })

  it.each(EVERY_CALL)(
    'B16 a loss $when call $nth costs no finished batch',
    async ({ when, nth }) => {
      const target = { verb: 'run', backend: 'webgpu', nth } as const
      rig.faults.inject(target, { kind: 'lose-device', when })
      const gpu = new GpuHealth()
      const request = await rig.request({ ...GPU, gpu, settings: THREE_BATCHES })
      const finished = await rig.finish(request)
      const isLast = when === 'after' && nth === CALLS
      expect(finished.runs[0]).toMatchObject({
        status: 'ok',
        backend: 'webgpu',
        parity: { rows: CANARY_ROWS, agrees: true },
      })
      expect(rig.faults.rows({ backend: 'webgpu' })).toBe(ROWS)
      await expectSound(rig, request, finished)
      if (isLast && gpu.losses === 0) return
      expect(finished.runs[0]).toMatchObject({
        attempts: 2,
        failedAttempts: [{ backend: 'webgpu', failure: { code: 'device-lost' } }],
      })
      expect(gpu.losses).toBe(1)
      expect(finished.log.join('\n')).toMatch(/The GPU went away while digits_linear\.onnx/)
    },
  )

  it('B16 the calls above are all that a run makes', async () => {
    await rig.finish(await rig.request({ ...GPU, settings: THREE_BATCHES }))
    expect(rig.faults.calls({ verb: 'run', backend: 'webgpu' })).toHaveLength(CALLS)
  })

  it('B14 a third loss: the GPU stays off, one sentence says so, every run finishes', async () => {
    const clock = new PageClock()
    const gpu = new GpuHealth()
    const lose = { kind: 'lose-device', when: 'during' } as const
    for (const losses of [1, 2]) {
      rig.faults.inject({ verb: 'run', backend: 'webgpu', nth: 2 }, lose)
      const request = await rig.request({ ...GPU, gpu })
      const finished = await rig.finish(request)
      expect(finished.runs[0]).toMatchObject({ status: 'ok', backend: 'webgpu', attempts: 2 })
      expect(gpu.losses).toBe(losses)
      await expectSound(rig, request, finished)
      rig.reset()
      clock.goOn(3 * MINUTE)
    }
    rig.faults.inject({ verb: 'run', backend: 'webgpu', nth: 2 }, lose)
    const request = await rig.request({ ...GPU, gpu })
    const finished = await rig.finish(request)
    expect(finished.runs[0]).toMatchObject({ status: 'ok', backend: 'wasm', attempts: 2 })
    const said = finished.log.filter((line) => /stays off until the page is reloaded/.test(line))
    expect(said).toHaveLength(1)
    await expectSound(rig, request, finished)
    clock.goOn(60 * MINUTE)
    const later = await rig.finish(await rig.request({ ...GPU, gpu }))
    expect(later.runs[0]).toMatchObject({ status: 'ok', backend: 'wasm', attempts: 1 })
    clock.restore()
  })

  it('B16 losses in two runs within two minutes: the second goes on on WASM and says until when', async () => {
    rig.faults.inject(
      { verb: 'run', backend: 'webgpu', nth: 2 },
      { kind: 'lose-device', when: 'before' },
    )
    rig.faults.inject(
      { verb: 'run', backend: 'webgpu', nth: 5 },
      { kind: 'lose-device', when: 'before' },
    )
    const gpu = new GpuHealth()
    const request = await rig.request({ ...GPU, gpu })
    const finished = await rig.finish(request)
    expect(finished.runs[0]).toMatchObject({ status: 'ok', backend: 'wasm', attempts: 3 })
    expect(gpu.mayStart).toBe(false)
    expect(gpu.describe()).toMatch(/lost twice within two minutes; it is tried again in \d+ s/)
    expect(rig.faults.rows({ backend: 'webgpu' }) + rig.faults.rows({ backend: 'wasm' })).toBe(
      ROWS + CANARY_ROWS,
    )
    await expectSound(rig, request, finished)
    const later = await rig.request({ ...GPU, gpu, models: [MLP] })
    const next = await rig.finish(later)
    expect(next.runs[0]).toMatchObject({ status: 'ok', backend: 'wasm', attempts: 1 })
    expect(next.log.join('\n')).toMatch(/lost twice within two minutes/)
  })

  it('B17 a device that is lost already when it is handed out: WASM, with the reason', async () => {
    rig.workers.preludes.set(
      'evaluator',
      `const { requestDevice } = GPUAdapter.prototype
       GPUAdapter.prototype.requestDevice = async function (descriptor) {
         const device = await requestDevice.call(this, descriptor)
         device.destroy()
         await device.lost
         return device
       }`,
    )
    const request = await rig.request(GPU)
    const finished = await rig.finish(request)
    const [run] = finished.runs
    expect(run).toMatchObject({ status: 'ok', backend: 'wasm' })
    expect(run?.failedAttempts.map(({ failure }) => failure.code)).toEqual([
      'device-lost',
      'device-lost',
    ])
    expect(rig.faults.rows({ backend: 'webgpu' })).toBe(0)
    await expectSound(rig, request, finished)
  })

  it('B18 a 16-bit model on a GPU without shader-f16 runs on WASM and says so', async () => {
    const name = 'half.onnx'
    rig.add(new File([halfPrecisionModel(64, 10)], name))
    const info = valueOf(await rig.reader.readModel(await rig.file(name), 'half'))
    expect(info.usesFloat16).toBe(true)
    await rig.undisturbed(name)
    rig.reset()
    const adapter = {
      vendor: 'acme',
      architecture: '',
      description: '',
      isFallback: false,
      hasShaderF16: false,
    }
    const planned = await rig.request({ ...GPU, models: [name], machine: { adapter } })
    const finished = await rig.finish(planned)
    expect(finished.log.join('\n')).toMatch(/half runs on WASM: .*16-bit floats.*shader-f16/)
    expect(finished.runs[0]).toMatchObject({ status: 'ok', backend: 'wasm', attempts: 1 })
    await expectSound(rig, planned, finished)
  })

  it('B18 a GPU that turns out to lack shader-f16 sends the model to WASM', async () => {
    const text = 'The program requires f16 but the device does not support it.'
    rig.faults.inject({ verb: 'run', backend: 'webgpu' }, { kind: 'reject', text })
    const request = await rig.request(GPU)
    const finished = await rig.finish(request)
    expect(finished.runs[0]).toMatchObject({
      status: 'ok',
      backend: 'wasm',
      failedAttempts: [{ failure: { code: 'model-unsupported' } }],
    })
    expect(finished.log.join('\n')).toMatch(/needs 16-bit floats, which this GPU does not offer/)
    await expectSound(rig, request, finished)
  })

  it('B19 other answers on the GPU: figures withheld, nothing kept, WASM offered', async () => {
    await deleteJournal()
    rig.faults.inject({ verb: 'run', backend: 'webgpu', model: MLP }, { kind: 'add', amount: 0.5 })
    const journal = new Journal(() => undefined)
    const request = await rig.request({ ...GPU, journal, models: [LINEAR, MLP] })
    const finished = await rig.finish(request)
    const [linear, mlp] = finished.runs
    expect(linear).toMatchObject({ status: 'ok', parity: { agrees: true, rows: CANARY_ROWS } })
    expect(mlp).toMatchObject({
      status: 'failed',
      attempts: 1,
      scores: null,
      parity: { agrees: false },
      failure: { code: 'parity-disagreement' },
    })
    expect(mlp?.parity?.maxDifference).toBeCloseTo(0.5, 2)
    expect(mlp?.failure?.advice).toMatch(/Choose WASM/)
    expect((await journal.models()).map(({ modelName }) => modelName)).toEqual(['digits_linear'])
    await expectSound(rig, request, finished)
    // Taking the offer gives the reference's figures.
    const offered = await rig.request({ models: [MLP], journal })
    const onWasm = await rig.finish(offered)
    expect(onWasm.runs[0]?.scores).toEqual((await rig.undisturbed(MLP)).scores)
  })

  it('B19 a disagreement in any of the first rows counts, however small the batches', async () => {
    rig.faults.inject({ verb: 'run', backend: 'webgpu', nth: 3 }, { kind: 'add', amount: 0.5 })
    // Each batch long enough to be sent on its own.
    rig.faults.inject({ verb: 'run', backend: 'webgpu' }, { kind: 'slow', ms: 110 })
    const request = await rig.request({ ...GPU, settings: { backend: 'webgpu', batchSize: 8 } })
    const finished = await rig.finish(request)
    expect(finished.runs[0]).toMatchObject({
      status: 'failed',
      failure: { code: 'parity-disagreement' },
    })
  })
})
