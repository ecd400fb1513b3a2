import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Outcome } from '../../../../src/core/failure'
import type { ModelInfo } from '../../../../src/core/model'
import { Reader } from '../../../../workers/reader/reader'

const DEMO = new URL('../../../../public/demo/', import.meta.url)

function demoFile(name: string): File {
  return new File([readFileSync(new URL(name, DEMO))], name)
}

function csv(text: string): File {
  return new File([text], 'table.csv')
}

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

const ignore = (): void => undefined

describe('Reader', () => {
  let reader: Reader

  beforeEach(() => {
    reader = new Reader(false)
  })

  it('tells every task with its metrics, ready to be cloned', async () => {
    const tasks = structuredClone(await reader.tasks())
    expect(tasks.map(({ kind, defaultMetric }) => [kind, defaultMetric])).toEqual([
      ['classification', 'accuracy'],
      ['regression', 'rmse'],
      ['policy', 'score'],
      ['parity', 'maxAbsDifference'],
    ])
    expect(tasks.map(({ metrics }) => metrics.length)).toEqual([15, 9, 12, 7])
  })

  it('takes files all the way to blocks, shared or of their own', async () => {
    for (const isIsolated of [true, false]) {
      const subject = new Reader(isIsolated)
      const model = unwrap(await subject.readModel(demoFile('digits_cnn.onnx'), 'm1'))
      expect(model).toMatchObject({ id: 'm1', name: 'digits_cnn' })
      const info = unwrap(await subject.readDataset(demoFile('digits.csv'), 'd1', ignore))
      const proposal = unwrap(await subject.propose('d1', [model]))
      const request = { datasetId: 'd1', ...proposal, models: [model] }
      const preparation = structuredClone(unwrap(await subject.prepare(request)))
      expect(preparation).toMatchObject({ rows: info.rows, droppedRows: 0 })
      expect(preparation.bindings.m1).toMatchObject({ ok: true })
      const targets = unwrap(await subject.targets())
      expect(targets).toMatchObject({ kind: 'classification' })
      const block = unwrap(await subject.block(0, 600, 629))
      expect(block).toMatchObject({ layout: 0, start: 600, rows: 29 })
      expect(block.data).toHaveLength(29 * 64)
      const { buffer } = block.data as Float32Array
      expect(buffer instanceof SharedArrayBuffer).toBe(isIsolated)
    }
  })

  it('answers for the latest fit only', async () => {
    unwrap(await reader.readDataset(csv('a,b,y\n1,2,0\n3,4,1\n5,,1\n'), 'd1', ignore))
    const request = { datasetId: 'd1', kind: 'regression' as const, models: [] as ModelInfo[] }
    unwrap(await reader.prepare({ ...request, roles: { target: 'y', features: ['a'] } }))
    expect(unwrap(await reader.targets())).toEqual({
      kind: 'regression',
      values: Float64Array.of(0, 1, 1),
    })
    unwrap(await reader.prepare({ ...request, roles: { target: 'a', features: ['b'] } }))
    expect(unwrap(await reader.targets())).toEqual({
      kind: 'regression',
      values: Float64Array.of(1, 3),
    })
    const refused = await reader.prepare({ ...request, roles: { target: 'z', features: ['a'] } })
    expect(refused).toMatchObject({ failure: { code: 'target-absent' } })
    expect(await reader.targets()).toMatchObject({ failure: { code: 'worker-failed' } })
  })

  it('forgets a dropped dataset and its fit', async () => {
    unwrap(await reader.readDataset(csv('a,y\n1,0\n'), 'd1', ignore))
    const roles = { target: 'y', features: ['a'] }
    const request = { datasetId: 'd1', kind: 'classification' as const, roles, models: [] }
    unwrap(await reader.prepare(request))
    await reader.dropDataset('d1')
    for (const outcome of [
      await reader.propose('d1', []),
      await reader.prepare(request),
      await reader.targets(),
      await reader.block(0, 0, 1),
    ]) {
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'worker-failed' } })
    }
  })

  it('refuses rows and layouts that are not there', async () => {
    const model = unwrap(await reader.readModel(demoFile('digits_mlp.onnx'), 'm1'))
    unwrap(await reader.readDataset(demoFile('digits.csv'), 'd1', ignore))
    const proposal = unwrap(await reader.propose('d1', [model]))
    unwrap(await reader.prepare({ datasetId: 'd1', ...proposal, models: [model] }))
    for (const [layout, start, end] of [
      [0, 0, 630],
      [0, -1, 5],
      [0, 5, 5],
      [0, 0.5, 5],
      [1, 0, 5],
    ] as const) {
      const outcome = await reader.block(layout, start, end)
      expect(outcome).toMatchObject({ ok: false, failure: { code: 'internal' } })
    }
  })

  it('gives failures of files as values', async () => {
    const empty = await reader.readModel(new File([], 'none.onnx'), 'm1')
    expect(empty).toMatchObject({ failure: { code: 'file-empty' } })
    const gone = new File(['abc'], 'gone.onnx')
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    const unreadable = await reader.readModel(gone, 'm1')
    expect(unreadable).toMatchObject({ failure: { code: 'file-unreadable' } })
    if (!unreadable.ok) expect(unreadable.failure.message).toContain('gone.onnx')
  })
})
