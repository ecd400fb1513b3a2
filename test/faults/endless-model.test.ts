import { afterAll, expect, it } from 'vitest'
import { endlessModel } from './endless-model'
import { expectSound, LINEAR, Rig } from './rig'

const rig = new Rig()

afterAll(() => {
  rig.close()
})

it('E40 a Loop that never ends meets its deadline; the other model has its figures', async () => {
  const name = 'endless.onnx'
  rig.add(new File([endlessModel(64, 10)], name))
  await rig.undisturbed(LINEAR)
  rig.reset()
  const deadlines = { firstBatchMs: 1_500, batchMs: 1_500 }
  const request = await rig.request({ models: [name, LINEAR], deadlines })
  const finished = await rig.finish(request)
  expect(finished.runs[0]).toMatchObject({ status: 'failed', failure: { code: 'deadline-missed' } })
  expect(finished.runs[1]).toMatchObject({ status: 'ok' })
  await expectSound(rig, request, finished)
})
