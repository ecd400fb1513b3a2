import { describe, expect, it } from 'vitest'
import { ModelRecord } from '../../../src/engine/model-record'
import { ReferenceGate } from '../../../src/engine/reference-gate'
import { makeModel } from '../tasks/make-model'

const rung = { backend: 'wasm', threads: 1, batchLimit: null } as const
const records = ['int8', 'fp32', 'fp16'].map((id) => new ModelRecord(id, rung))
const [int8, fp32, fp16] = records as [ModelRecord, ModelRecord, ModelRecord]
const models = { info: (modelId: string) => makeModel(modelId, [], []) }

function gateOf(referenceId?: string): ReferenceGate {
  return new ReferenceGate(
    { preparation: referenceId === undefined ? {} : { referenceId } },
    models,
  )
}

describe('ReferenceGate', () => {
  it('has the reference answered first, and holds the others until it is scored', () => {
    const gate = gateOf('fp32')
    expect(gate.open(records).map(({ modelId }) => modelId)).toEqual(['fp32', 'int8', 'fp16'])
    expect(gate.hold(int8)).toBe(true)
    expect(gate.hold(fp32)).toBe(false)
    expect(gate.release(int8)).toEqual([])
    expect(gate.release(fp32)).toEqual([int8])
    expect(gate.hold(fp16)).toBe(false)
    expect(gate.release(fp32)).toEqual([])
  })

  it('lets all pass where nothing is held against a model', () => {
    const gate = gateOf()
    expect(gate.open(records)).toEqual(records)
    expect(records.map((record) => gate.hold(record))).toEqual([false, false, false])
    expect(records.flatMap((record) => gate.release(record))).toEqual([])
  })

  it('says why the others fail where the reference has', () => {
    expect(gateOf('fp32').failure).toMatchObject({
      code: 'reference-failed',
      message: 'There is nothing to compare it with: the baseline fp32.onnx failed.',
    })
  })
})
