import { describe, expect, it } from 'vitest'
import type { ColumnInfo, Dataset, TensorValues } from '../../../src/core/dataset'
import type { Dimension, TensorType } from '../../../src/core/model'
import { ExploredTable } from '../../../src/exploration/explored-table'
import { readAnswers } from '../../../src/exploration/read-answers'
import { mapInputs } from '../../../src/tasks/map-inputs'
import { prepareTask } from '../../../src/tasks/prepare-task'
import { proposeTask } from '../../../src/tasks/propose-task'
import { surveySlices } from '../../../src/exploration/survey-slices'
import { sliceMetric } from '../../../src/exploration/slice-metrics'
import { makeModel, value } from './make-model'

/** Five rows in chunks of two: a label, an array of 2 × 2 per row and a number. */
function tensorDataset(values: TensorValues, missing = 0): Dataset {
  const labels = [0, 1, 0, 1, 1]
  const chunks = [0, 2, 4].map((start) => {
    const rows = Math.min(2, 5 - start)
    return {
      start,
      rows,
      columns: [
        { kind: 'numeric', values: Float64Array.from(labels.slice(start, start + rows)) },
        { kind: 'tensor', values: values.slice(start * 4, (start + rows) * 4), width: 4 },
        { kind: 'numeric', values: Float64Array.from({ length: rows }, (_, i) => start + i) },
      ],
    } as const
  })
  const columns: ColumnInfo[] = [
    { name: 'label', type: 'integer', missing: 0, distinct: 2 },
    { name: 'image', type: 'tensor', missing, distinct: 0, shape: [2, 2] },
    { name: 'id', type: 'integer', missing: 0, distinct: 5 },
  ]
  const info = { id: 'd', name: 'd.npz', bytes: 9, sha256: '', rows: 5, columns }
  return {
    info: { ...info, preview: [], warnings: [] },
    chunks,
    dictionaries: [null, null, null],
  }
}

const pixels = Uint8Array.from({ length: 20 }, (_, i) => i * 10)
const images = tensorDataset(pixels)

function model(shape: readonly Dimension[] | null, type: TensorType = 'float32', name = 'x') {
  return makeModel('m', [value(name, type, shape)], [value('out', 'float32', ['n', 2])])
}

function tensor(name: string, ...shape: number[]): ColumnInfo {
  return { name, type: 'tensor', missing: 0, distinct: 0, shape }
}

function shapeFor(shape: readonly Dimension[] | null, ...columns: ColumnInfo[]) {
  const outcome = mapInputs(model(shape), columns, columns.length)
  if (!outcome.ok) return outcome.failure.message
  const { fixedBatch, inputs } = outcome.value
  return { fixedBatch, rowShape: inputs[0]?.rowShape, hasBatchAxis: inputs[0]?.hasBatchAxis }
}

describe('mapInputs of tensors', () => {
  it.each<[readonly Dimension[] | null, readonly number[], readonly number[], boolean]>([
    [['n', 28, 28], [28, 28], [28, 28], true],
    [['n', 1, 28, 28], [28, 28], [1, 28, 28], true],
    [['n', 28, 28, 1], [28, 28], [28, 28, 1], true],
    [['n', 28, 28], [1, 28, 28], [28, 28], true],
    [['n', 784], [28, 28], [784], true],
    [['n', 784], [1, 28, 28], [784], true],
    [['n', 1, 28, 28], [784], [1, 28, 28], true],
    [['n', 'c', 'h', 'w'], [3, 20, 30], [3, 20, 30], true],
    [['n', 1, 'h', 'w'], [20, 30], [1, 20, 30], true],
    [[null, null, null], [20, 30], [20, 30], true],
    [['n', 'features'], [20, 30], [600], true],
    [['n', 's', 's'], [8, 8], [8, 8], true],
    [[28, 28], [28, 28], [28, 28], false],
    [['n', 'c', 'h', 'w'], [20, 30], [1, 20, 30], true],
    [['n', 'c', 'h', 'w'], [1, 20, 30], [1, 20, 30], true],
    [['n', 1, 5, 1], [5, 1, 1], [1, 5, 1], true],
    [null, [3, 4], [3, 4], true],
  ])('reads %j of rows of %j', (shape, row, rowShape, hasBatchAxis) => {
    const fixedBatch = hasBatchAxis ? null : 1
    expect(shapeFor(shape, tensor('x', ...row))).toEqual({ fixedBatch, rowShape, hasBatchAxis })
  })

  it('keeps a fixed batch', () => {
    expect(shapeFor([32, 3, 4, 4], tensor('x', 3, 4, 4))).toMatchObject({ fixedBatch: 32 })
  })

  it('never turns axes, though the numbers would fill the shape', () => {
    expect(shapeFor(['n', 3, 28, 30], tensor('photo', 28, 30, 3))).toBe(
      'm.onnx reads "x" as float32 [n, 3, 28, 30], and one row of "photo" is [28, 30, 3].',
    )
    expect(shapeFor(['n', 4, 2], tensor('x', 2, 4))).toContain('is [2, 4].')
  })

  it('holds axes of one name to one size', () => {
    expect(shapeFor(['n', 's', 's'], tensor('x', 20, 30))).toContain('is [20, 30].')
  })

  it('says both shapes where the sizes differ', () => {
    expect(shapeFor(['n', 3, 224, 224], tensor('x', 3, 32, 32), tensor('y', 7))).toBe(
      'm.onnx reads "x" as float32 [n, 3, 224, 224], and one row of "x" is [3, 32, 32], of "y" is [7].',
    )
  })

  it('reads arrays and numbers side by side as one flat row', () => {
    const age: ColumnInfo = { name: 'age', type: 'number', missing: 0, distinct: 9 }
    expect(shapeFor(['n', 13], tensor('a', 3, 4), age)).toMatchObject({ rowShape: [13] })
    expect(shapeFor(['n', 13, 1], tensor('a', 3, 4), age)).toMatchObject({ rowShape: [13, 1] })
  })

  it('feeds several inputs by name', () => {
    const two = makeModel(
      'm',
      [value('left', 'float32', ['n', 2, 2]), value('right', 'float32', ['n', 3])],
      [],
    )
    const outcome = mapInputs(two, [tensor('right', 3), tensor('left', 2, 2)], 2)
    expect(outcome).toMatchObject({
      ok: true,
      value: { inputs: [{ rowShape: [2, 2] }, { rowShape: [3] }] },
    })
  })
})

describe('prepareTask of tensors', () => {
  function block(features: readonly string[], width: number, type: TensorType, data = images) {
    const roles = { target: 'label', features }
    const models = [model(['n', width], type)]
    const task = prepareTask(data, { kind: 'classification', roles, models })
    if (!task.ok) throw new Error(task.failure.message)
    const binding = task.value.bindings['m']
    if (binding?.ok !== true) throw new Error(binding?.failure.message)
    const { rows } = task.value
    return {
      rows,
      rowBytes: binding.value.rowBytes,
      data: Array.from(task.value.block(0, 0, rows, false)?.data ?? [], Number),
    }
  }

  it.each<[TensorType, number]>([
    ['float32', 4],
    ['uint8', 1],
    ['int64', 8],
    ['float64', 8],
  ])('writes whole rows as %s', (type, bytes) => {
    expect(block(['image'], 4, type)).toEqual({
      rows: 5,
      rowBytes: 4 * bytes + 8,
      data: [...pixels],
    })
  })

  it('writes half-precision numbers as bits', () => {
    expect(block(['image'], 4, 'float16').data.slice(0, 3)).toEqual([0, 0x4900, 0x4d00])
  })

  it('writes a tensor between other columns', () => {
    expect(block(['image', 'id'], 5, 'int64').data).toEqual(
      [0, 1, 2, 3, 4].flatMap((row) => [...pixels.slice(row * 4, row * 4 + 4), row]),
    )
  })

  it('drops the rows in which a number is missing', () => {
    const values = Float32Array.from(pixels)
    values[9] = NaN
    const dropped = block(['image'], 4, 'float32', tensorDataset(values, 1))
    expect(dropped).toMatchObject({ rows: 4 })
    expect(dropped.data).toEqual([...pixels.slice(0, 8), ...pixels.slice(12)])
  })

  it('refuses values that the element type cannot hold, by row', () => {
    const values = Float32Array.from(pixels)
    values[9] = 0.5
    expect(() => block(['image'], 4, 'uint8', tensorDataset(values))).toThrow(
      'cannot hold 0.5 (column "image", data row 3)',
    )
    expect(() => block(['image'], 4, 'int8')).toThrow('cannot hold 130')
  })

  it('refuses a tensor as target', () => {
    const roles = { target: 'image', features: ['id'] }
    const task = prepareTask(images, { kind: 'regression', roles, models: [] })
    expect(task).toMatchObject({ ok: false, failure: { code: 'target-unusable' } })
  })
})

describe('proposeTask of tensors', () => {
  it('takes the tensor alone where that fits, and never as target', () => {
    const shape = ['n', 1, 2, 2]
    for (const models of [[], [model(shape)]]) {
      const proposal = proposeTask(images.info, models)
      expect(proposal).toMatchObject({
        ok: true,
        value: { kind: 'classification', roles: { target: 'label', features: ['image'] } },
      })
    }
    const fitting = proposeTask(images.info, [model(shape)])
    expect(fitting.ok && fitting.value.reason).toContain('fits with the 2 × 2 numbers of "image".')
    const last = { ...images.info, columns: [...images.info.columns.slice(1, 3).reverse()] }
    expect(proposeTask(last, [])).toMatchObject({ ok: true, value: { roles: { target: 'id' } } })
  })
})

describe('rows of tensors', () => {
  const classes = Int32Array.of(0, 1, 0, 1, 1)
  const answers = readAnswers(
    [
      {
        kind: 'classification',
        modelId: 'm',
        labels: ['0', '1'],
        predicted: classes,
        confidence: null,
      },
    ],
    { kind: 'classification', classes },
    { classes: ['0', '1'], source: '' },
  )
  if (answers === null) throw new Error('answers do not fit')
  const table = new ExploredTable(images, null, answers)
  const image = { of: 'column', column: 1 } as const

  it('shows how many numbers there are, and neither finds nor orders by them', () => {
    expect(table.cells(3, [image])).toEqual(['2 × 2 numbers'])
    const query = {
      view: { kind: 'all' } as const,
      conditions: [{ field: image, text: '>100' }],
      sort: { field: image, isDescending: true },
    }
    expect([...table.find(query)]).toEqual([0, 1, 2, 3, 4])
    const anywhere = { ...query, conditions: [{ field: null, text: '190' }] }
    expect([...table.find(anywhere)]).toEqual([])
  })

  it('are not sliced', async () => {
    const metric = sliceMetric(answers, 'accuracy')
    if (metric === null) throw new Error('no such metric')
    const survey = await surveySlices(table, metric, () => Promise.resolve())
    expect(survey.columns.map(({ column }) => column)).toEqual([0, 2])
  })
})
