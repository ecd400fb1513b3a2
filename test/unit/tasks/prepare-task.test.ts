import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/core/dataset'
import type { ModelInfo, TensorType } from '../../../src/core/model'
import type { TaskKind } from '../../../src/core/task'
import { prepareTask } from '../../../src/tasks/prepare-task'
import { makeDataset } from './make-dataset'
import { makeModel, value } from './make-model'

const dataset = makeDataset([
  ['a', [1, 2, null, 4, 5]],
  ['b', [10, null, null, 40, 300]],
  ['__proto__', [0.5, 1, 1, 1, 1]],
  ['kind', ['x', 'y', 'x', null, 'y']],
])

function model(id: string, type: TensorType, ...shape: (string | number)[]): ModelInfo {
  return makeModel(id, [value('in', type, shape)], [value('out', 'float32', ['n', 2])])
}

function prepare(
  features: readonly string[],
  models: readonly ModelInfo[] = [],
  {
    target = 'kind' as string | null,
    kind = 'classification' as TaskKind,
    data = dataset as Dataset,
  } = {},
) {
  return prepareTask(data, { kind, roles: { target, features }, models })
}

function prepared(...parameters: Parameters<typeof prepare>) {
  const outcome = prepare(...parameters)
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

describe('prepareTask', () => {
  it('drops incomplete rows and counts them by column', () => {
    const task = prepared(['a', 'b'], [model('m', 'float32', 'n', 2)])
    expect(task.block(0, 0, 2, false)).toEqual({
      start: 0,
      rows: 2,
      data: Float32Array.of(1, 10, 5, 300),
    })
    expect(task).toMatchObject({
      rows: 2,
      droppedRows: 3,
      droppedBy: [
        { column: 'b', rows: 2 },
        { column: 'kind', rows: 1 },
        { column: 'a', rows: 1 },
      ],
    })
    expect(task.labels?.classes).toEqual(['x', 'y'])
    expect(task.targets).toEqual({ kind: 'classification', classes: Int32Array.of(0, 1) })
  })

  it('keeps no index where every row is complete', () => {
    const task = prepared(['a'], [], {
      target: '__proto__',
      kind: 'regression',
      data: makeDataset([
        ['a', [1, 2]],
        ['__proto__', [0.5, 1]],
      ]),
    })
    expect(task).toMatchObject({ rows: 2, droppedBy: [], pieces: null, policy: null })
    expect(task.targets).toEqual({ kind: 'regression', values: Float64Array.of(0.5, 1) })
    expect(task.labels).toBeNull()
  })

  it('shares a layout among models that differ in view only', () => {
    const models = [
      model('flat', 'float32', 'n', 2),
      model('image', 'float32', 'n', 1, 2, 1),
      model('double', 'float64', 'n', 2),
    ]
    const task = prepared(['b', 'a'], models)
    expect(task.layouts.map(({ type, columns }) => [type, columns])).toEqual([
      ['float32', ['b', 'a']],
      ['float64', ['b', 'a']],
    ])
    for (const layout of [0, 1]) {
      expect([...(task.block(layout, 0, 1, false)?.data ?? [])]).toEqual([10, 1])
    }
    expect(task.block(2, 0, 1, false)).toBeNull()
    expect(task.block(0, 0, 3, false)).toBeNull()
    expect(task.bindings).toMatchObject({
      flat: { value: { inputs: [{ layout: 0, rowShape: [2] }], rowBytes: 16, fixedBatch: null } },
      image: { value: { inputs: [{ layout: 0, rowShape: [1, 2, 1] }] } },
      double: { value: { inputs: [{ layout: 1 }], rowBytes: 24 } },
    })
  })

  it('lets a model fail alone: shape, output, labels, values', () => {
    const models = [
      model('good', 'float32', 'n', 2),
      model('wide', 'float32', 'n', 3),
      makeModel('grid', [value('in', 'float32', ['n', 2])], [value('o', 'float32', ['n', 4, 4])]),
      makeModel('three', [value('in', 'float32', ['n', 2])], [value('o', 'float32', ['n', 3])]),
      model('bytes', 'uint8', 'n', 2),
    ]
    const { bindings } = prepared(['a', 'b'], models)
    expect(bindings).toMatchObject({
      good: { ok: true },
      wide: { failure: { code: 'input-shape' } },
      grid: { failure: { code: 'output-shape' } },
      three: { failure: { code: 'label-mapping' } },
      bytes: { failure: { code: 'input-dtype' } },
    })
    expect(bindings.bytes).toMatchObject({
      failure: {
        message: 'bytes.onnx reads "in" as uint8, which cannot hold 300 (column "b", data row 5).',
      },
    })
  })

  it.each<[TensorType, number, boolean]>([
    ['int64', 1.5, false],
    ['int64', 2 ** 63, false],
    ['int64', -(2 ** 63), true],
    ['int32', 2 ** 31, false],
    ['uint8', -1, false],
    ['uint8', 255, true],
    ['bool', 2, false],
    ['bool', 1, true],
    ['float32', 1e300, false],
    ['float32', 3.4028234663852886e38, true],
    ['float32', Infinity, true],
    ['float16', 65520, false],
    ['float16', 65504, true],
    ['float64', 1e300, true],
  ])('checks that %s holds %d', (type, cell, fits) => {
    const data = makeDataset([
      ['a', [0, 1, 0, cell]],
      ['kind', ['x', 'y', 'x', 'y']],
    ])
    const { bindings } = prepared(['a'], [model('m', type, 'n', 1)], { data })
    expect(bindings.m?.ok).toBe(fits)
    if (!fits) expect(bindings.m).toMatchObject({ failure: { code: 'input-dtype' } })
  })

  it.each([
    ['target-absent', prepare(['a'], [], { target: null })],
    ['target-absent', prepare(['a'], [], { target: 'constructor' })],
    ['feature-absent', prepare(['a', 'toString'])],
    ['setting-invalid', prepare(['a', 'kind'])],
    ['no-numeric-feature', prepare([])],
    ['no-numeric-feature', prepare(['kind'], [], { target: 'a' })],
    ['target-unusable', prepare(['a'], [], { kind: 'regression' })],
    ['target-unusable', prepare(['a'], [], { target: '__proto__' })],
    [
      'no-rows',
      prepare(['a'], [], {
        data: makeDataset([
          ['a', [null]],
          ['kind', ['x']],
        ]),
      }),
    ],
    [
      'no-rows',
      prepare(['a'], [], {
        data: makeDataset([
          ['a', []],
          ['kind', []],
        ]),
      }),
    ],
  ])('fails with %s', (code, outcome) => {
    expect(outcome).toMatchObject({ ok: false, failure: { code } })
  })

  it('H67 works with columns of any name', () => {
    const task = prepared(['__proto__'], [model('m', 'float32', 'n', 1)])
    expect(task.block(0, 0, 2, false)?.data).toEqual(Float32Array.of(0.5, 1))
  })
})
