import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Journal } from '../../src/engine/journal'
import { deleteJournal, storedEntries } from './journal-storage'
import { CNN, expectSound, GPU_DEADLINES, LINEAR, MLP, Rig, ROWS, type RigOptions } from './rig'

const rig = new Rig()
const problems: string[] = []
const GPU: RigOptions = {
  settings: { backend: 'webgpu', batchSize: 128 },
  deadlines: GPU_DEADLINES,
}

beforeAll(async () => {
  for (const name of [LINEAR, MLP, CNN]) await rig.undisturbed(name)
})

beforeEach(async () => {
  rig.reset()
  await deleteJournal()
  problems.length = 0
})

afterEach(() => {
  expect(problems).toEqual([])
})

afterAll(async () => {
  await deleteJournal()
  rig.close()
})

function newJournal(): Journal {
  return new Journal((problem) => problems.push(problem))
}

function evaluate(options: RigOptions = {}) {
  return rig.run({ journal: newJournal(), ...options })
}

async function digits(): Promise<string> {
  return (await fetch('/demo/digits.csv')).text()
}

async function columns(): Promise<readonly string[]> {
  return (await digits()).split('\n')[0]?.trim().split(',') ?? []
}

describe('journal', () => {
  it('runs nothing again with the same inputs, and says so', async () => {
    const models = [LINEAR, MLP]
    const first = await evaluate({ models })
    rig.faults.clear()
    const second = await evaluate({ models })
    expect(rig.faults.calls({ verb: 'create' })).toEqual([])
    expect(rig.faults.calls({ verb: 'run' })).toEqual([])
    expect(second.runs.map(({ keptRows }) => keptRows)).toEqual([ROWS, ROWS])
    expect(second.runs.map(({ scores }) => scores)).toEqual(first.runs.map(({ scores }) => scores))
    expect(second.runs.map(({ timing }) => timing)).toEqual(first.runs.map(({ timing }) => timing))
    expect(
      second.log.filter((line) => /kept answers are used, nothing is run again/.test(line)),
    ).toHaveLength(2)
  })

  it('uses what is kept whatever the batch size, the lanes and the other models', async () => {
    await evaluate({ models: [MLP, LINEAR] })
    rig.faults.clear()
    const models = [LINEAR, CNN, MLP]
    const { runs } = await evaluate({ models, settings: { batchSize: 7, lanes: 2 } })
    expect(runs.map(({ keptRows }) => keptRows)).toEqual([ROWS, 0, ROWS])
    expect(rig.faults.rows({ model: CNN })).toBe(ROWS)
    expect(rig.faults.rows()).toBe(ROWS)
  })

  it.each<{ change: string; options: () => Promise<RigOptions> }>([
    {
      change: 'other model bytes',
      options: () => Promise.resolve({ models: ['digits_linear.2.onnx'] }),
    },
    {
      change: 'another value in the data',
      options: async () => ({ csv: (await digits()).replace(/\n[^,]*,/, '\n9,') }),
    },
    {
      change: 'another target and other features',
      options: async () => {
        const [target = '', ...features] = await columns()
        return { target, features }
      },
    },
    {
      change: 'features in another order',
      options: async () => ({ features: (await columns()).slice(0, 64).reverse() }),
    },
  ])('does not use what is kept for $change', async ({ options }) => {
    await evaluate()
    rig.faults.clear()
    const { runs } = await evaluate(await options())
    expect(runs[0]).toMatchObject({ status: 'ok', keptRows: 0 })
    expect(rig.faults.rows()).toBe(ROWS)
  })

  it('does not use what the GPU answered for a run on WASM', async () => {
    await evaluate(GPU)
    rig.faults.clear()
    const { runs } = await evaluate()
    expect(runs[0]).toMatchObject({ status: 'ok', keptRows: 0, backend: 'wasm' })
    expect(rig.faults.rows()).toBe(ROWS)
  })

  it('goes on after a cancel with the missing rows only, to the figures of an undisturbed run', async () => {
    rig.faults.inject({ verb: 'run' }, { kind: 'slow', ms: 110 })
    const models = [LINEAR, MLP]
    const request = await rig.request({
      models,
      journal: newJournal(),
      settings: { batchSize: 128 },
    })
    const stopped = await rig.finish(request, (event, run) => {
      const isHalf =
        event.type === 'model-progress' && event.modelId === 'm1' && event.rowsDone >= 256
      if (isHalf) run.cancel()
    })
    expect(stopped.runs.map(({ status }) => status)).toEqual(['ok', 'cancelled'])
    const kept = (await storedEntries()).reduce((rows, { start, end }) => rows + end - start, -ROWS)
    expect(kept).toBeGreaterThanOrEqual(256)
    rig.reset()
    const again = await rig.request({ models, journal: newJournal(), settings: { batchSize: 128 } })
    const resumed = await rig.finish(again)
    expect(resumed.runs.map(({ keptRows }) => keptRows)).toEqual([ROWS, kept])
    expect(rig.faults.rows({ model: LINEAR })).toBe(0)
    expect(rig.faults.rows({ model: MLP })).toBe(ROWS - kept)
    expect(resumed.log.join('\n')).toContain(
      `goes on after ${String(kept)} of ${String(ROWS)} rows`,
    )
    await expectSound(rig, again, resumed)
  })

  it('keeps the check against WASM with the answers of the GPU', async () => {
    const first = await evaluate(GPU)
    rig.faults.clear()
    const second = await evaluate(GPU)
    expect(rig.faults.calls({ verb: 'run' })).toEqual([])
    expect(second.runs[0]?.parity).toEqual(first.runs[0]?.parity)
    expect(second.runs[0]?.parity).toMatchObject({ rows: 32, agrees: true })
  })

  it('lists what is kept, and deletes it', async () => {
    await evaluate({ models: [LINEAR] })
    const journal = newJournal()
    const [kept, ...others] = await journal.models()
    expect(others).toEqual([])
    expect(kept).toMatchObject({ modelName: 'digits_linear', rows: ROWS, backend: 'wasm' })
    await journal.deleteAnswers(kept?.key ?? '')
    expect(await journal.models()).toEqual([])
    expect(await storedEntries()).toEqual([])
  })
})
