import { describe, expect, it } from 'vitest'
import type { ColumnInfo } from '../../../src/core/dataset'
import type { Dimension, TensorType } from '../../../src/core/model'
import { mapInputs } from '../../../src/tasks/map-inputs'
import { makeModel, value } from './make-model'

function columns(...names: string[]): ColumnInfo[] {
  return names.map((name) => ({ name, type: 'number', missing: 0, distinct: 9 }))
}

function numbered(count: number): ColumnInfo[] {
  return columns(...Array.from({ length: count }, (_, i) => `f${String(i)}`))
}

function single(shape: readonly Dimension[] | null, type: TensorType = 'float32') {
  return makeModel('m', [value('x', type, shape)], [])
}

function failureOf(outcome: ReturnType<typeof mapInputs>) {
  if (outcome.ok) throw new Error('it was mapped')
  return outcome.failure
}

describe('mapInputs of one tensor', () => {
  it.each<[readonly Dimension[] | null, number, number[], boolean, number | null]>([
    [['batch', 64], 64, [64], true, null],
    [[null, 64], 64, [64], true, null],
    [['batch', 'features'], 64, [64], true, null],
    [null, 64, [64], true, null],
    [[1, 64], 64, [64], true, 1],
    [[32, 64], 64, [64], true, 32],
    [[64], 64, [64], false, 1],
    [['n'], 1, [], true, null],
    [['n', 1], 1, [1], true, null],
    [[5], 1, [], true, 5],
    [[], 1, [], false, 1],
    [['n', 1, 8, 8], 64, [1, 8, 8], true, null],
    [['n', 8, 8], 64, [8, 8], true, null],
    [['n', 1, 'h', 8], 64, [1, 8, 8], true, null],
    [['n', 's', 's'], 64, [8, 8], true, null],
    [['n', 64, 'one', 'two'], 64, [64, 1, 1], true, null],
    [[8, 8], 64, [8, 8], false, 1],
    [[1, 'features'], 7, [7], true, 1],
  ])('reads %j with %i features', (shape, features, rowShape, hasBatchAxis, fixedBatch) => {
    const outcome = mapInputs(single(shape), numbered(features), features)
    expect(outcome).toMatchObject({
      ok: true,
      value: { inputs: [{ input: 'x', rowShape, hasBatchAxis }], fixedBatch },
    })
  })

  it.each<[readonly Dimension[], number]>([
    [['n', 13], 12],
    [['n', 'h', 'w'], 64],
    [['n', 's', 's'], 63],
    [['n', 3, 'w'], 64],
    [['n'], 2],
    [['n', 0], 2],
    [[63], 64],
    [[], 2],
  ])('refuses %j with %i features', (shape, features) => {
    const failure = failureOf(mapInputs(single(shape), numbered(features), features))
    expect(failure.code).toBe('input-shape')
  })

  it('D35 puts both shapes side by side', () => {
    const model = makeModel('wine_mlp', [value('x', 'float32', ['batch', 13])], [])
    expect(failureOf(mapInputs(model, numbered(12), 12))).toMatchObject({
      message:
        'wine_mlp.onnx wants 13 features (float32 [batch, 13]), the data has 12 numeric columns.',
      advice: expect.stringMatching(/^Pick the missing column under Features/),
    })
    expect(failureOf(mapInputs(model, numbered(12), 13))).toMatchObject({
      message: 'wine_mlp.onnx wants 13 features (float32 [batch, 13]), 12 features are chosen.',
      advice: 'Pick the missing column under Features.',
    })
    expect(failureOf(mapInputs(model, numbered(15), 15)).advice).toBe(
      'Leave out 2 columns under Features.',
    )
  })

  it.each<TensorType>(['bfloat16', 'other'])('refuses %s', (type) => {
    const failure = failureOf(mapInputs(single(['n', 2], type), numbered(2), 2))
    expect(failure.code).toBe('input-dtype')
    expect(failure.message).toContain(type)
  })

  it('feeds texts and whole numbers to an input of texts, and refuses fractions', () => {
    const column = (type: ColumnInfo['type']) => ({ name: 'c', type, missing: 0, distinct: 2 })
    const map = (type: ColumnInfo['type']) =>
      mapInputs(single(['n', 1], 'string'), [column(type)], 0)
    expect(map('text')).toMatchObject({ value: { inputs: [{ type: 'string', rowShape: [1] }] } })
    expect(map('integer').ok).toBe(true)
    expect(failureOf(map('number'))).toMatchObject({
      code: 'input-dtype',
      message: 'm.onnx reads texts at "x", and the feature "c" holds fractions.',
    })
  })

  it('refuses text features by name', () => {
    const features = [
      ...columns('a'),
      { name: 'colour', type: 'text' as const, missing: 0, distinct: 2 },
    ]
    const failure = failureOf(mapInputs(single(['n', 2]), features, 1))
    expect(failure).toMatchObject({ code: 'input-dtype' })
    expect(failure.message).toContain('"colour" is text')
  })

  it('says when there is no input', () => {
    expect(failureOf(mapInputs(makeModel('m', [], []), numbered(2), 2)).message).toBe(
      'm.onnx has no input.',
    )
  })
})

describe('mapInputs of one input per column', () => {
  function perColumn(...names: string[]) {
    return makeModel(
      'm',
      names.map((name) => value(name, 'float32', ['n', 1])),
      [],
    )
  }
  function feeding(outcome: ReturnType<typeof mapInputs>) {
    if (!outcome.ok) throw new Error(outcome.failure.message)
    return outcome.value.inputs.map(({ input, columns: fed }) => [input, fed[0]?.name])
  }

  it('goes by name, not by position', () => {
    const outcome = mapInputs(perColumn('b', 'a'), columns('a', 'b', 'c'), 3)
    expect(feeding(outcome)).toEqual([
      ['b', 'b'],
      ['a', 'a'],
    ])
  })

  it('takes equal names first, then those that differ in case and punctuation', () => {
    const features = columns('petal length (cm)', '__proto__', 'A', 'a')
    const model = perColumn('petal_length__cm_', '__proto__', 'a')
    expect(feeding(mapInputs(model, features, 4))).toEqual([
      ['petal_length__cm_', 'petal length (cm)'],
      ['__proto__', '__proto__'],
      ['a', 'a'],
    ])
  })

  it('refuses a name that fits two columns, or one column twice', () => {
    for (const [model, features] of [
      [perColumn('x_1', 'y'), columns('x 1', 'X-1', 'y')],
      [perColumn('a', 'A'), columns('a', 'b')],
    ] as const) {
      expect(failureOf(mapInputs(model, features, features.length)).code).toBe('input-shape')
    }
  })

  it('names what is missing', () => {
    const failure = failureOf(mapInputs(perColumn('a', 'z'), columns('a', 'b'), 2))
    expect(failure.message).toBe(
      'm.onnx has 2 inputs, the data has 2 numeric columns, and no feature is named "z".',
    )
  })

  it('feeds the only input by name where the width does not fit, and any name where it does', () => {
    expect(feeding(mapInputs(perColumn('b'), columns('a', 'b'), 2))).toEqual([['b', 'b']])
    expect(feeding(mapInputs(perColumn('whatever'), columns('a'), 1))).toEqual([['whatever', 'a']])
  })

  it('refuses inputs of different fixed batches', () => {
    const model = makeModel('m', [value('a', 'float32', [2, 1]), value('b', 'float32', [3, 1])], [])
    expect(failureOf(mapInputs(model, columns('a', 'b'), 2)).message).toContain('2, 3')
  })
})
