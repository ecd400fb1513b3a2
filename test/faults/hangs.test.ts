import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CNN, expectSound, LINEAR, MLP, Rig, ROWS } from './rig'

const rig = new Rig()

beforeAll(async () => {
  for (const name of [LINEAR, MLP, CNN]) await rig.undisturbed(name)
  rig.reset()
})

afterEach(async () => {
  rig.reset()
  // The next evaluation works in the same page.
  const { runs } = await rig.run()
  expect(runs[0]).toMatchObject({ status: 'ok', attempts: 1 })
  rig.reset()
})

afterAll(() => {
  rig.close()
})

describe('hangs', () => {
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
    await expectSound(rig, request, finished)
  })
})
