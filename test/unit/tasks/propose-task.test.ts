import { describe, expect, it } from 'vitest'
import type { Dimension, ModelInfo } from '../../../src/core/model'
import { proposeTask } from '../../../src/tasks/propose-task'
import { makeDataset, type Cell } from './make-dataset'
import { makeModel, value } from './make-model'

const ROWS = 40

function count(modulo = ROWS, step = 1): Cell[] {
  return Array.from({ length: ROWS }, (_, i) => (i % modulo) * step)
}

function texts(...choices: string[]): Cell[] {
  return Array.from({ length: ROWS }, (_, i) => choices[i % choices.length] ?? null)
}

function wide(features: number | string, output: readonly Dimension[], name = 'm'): ModelInfo {
  return makeModel(name, [value('x', 'float32', ['n', features])], [value('y', 'float32', output)])
}

function propose(table: Record<string, readonly Cell[]>, ...models: ModelInfo[]) {
  return proposeTask(makeDataset(Object.entries(table), 16).info, models)
}

function proposed(table: Record<string, readonly Cell[]>, ...models: ModelInfo[]) {
  const outcome = propose(table, ...models)
  if (!outcome.ok) throw new Error(outcome.failure.message)
  const { kind, metric, reason, roles } = outcome.value
  return { kind, metric, reason, target: roles.target, features: roles.features }
}

const half = count(ROWS, 0.5)

describe('proposeTask', () => {
  it.each(['target', 'Label', 'CLASS', 'y', 'outcome', 'Species'])('takes %s as target', (name) => {
    expect(proposed({ a: half, [name]: count(2), b: half })).toMatchObject({
      kind: 'classification',
      metric: 'accuracy',
      target: name,
      features: ['a', 'b'],
    })
  })

  it('takes the last column where no name tells', () => {
    expect(proposed({ a: half, b: half, price: half })).toEqual({
      kind: 'regression',
      metric: 'rmse',
      target: 'price',
      features: ['a', 'b'],
      reason:
        'Regression of "price", the last column that can be a target: it holds 40 different numbers, and 2 numeric columns can be features.',
    })
  })

  it('never takes a column that a model names as its input', () => {
    const model = makeModel(
      'm',
      [value('rooms', 'float32', ['n', 1]), value('y', 'float32', ['n', 1])],
      [value('out', 'float32', ['n', 1])],
    )
    expect(proposed({ price: half, note: half, rooms: half, y: half }, model)).toMatchObject({
      kind: 'regression',
      target: 'note',
      features: ['rooms', 'y'],
    })
  })

  it('follows the models: labels or scores are classes, one float of many numbers is a value', () => {
    const table = { a: half, b: half, target: count(30) }
    expect(proposed(table)).toMatchObject({ kind: 'regression' })
    expect(proposed(table, wide(2, ['n', 30]))).toMatchObject({ kind: 'classification' })
    const few = { ...table, target: count(5) }
    expect(proposed(few)).toMatchObject({ kind: 'classification' })
    expect(proposed(few, wide(2, ['n', 1]))).toMatchObject({ kind: 'regression' })
    const two = { ...table, target: count(2) }
    expect(proposed(two, wide(2, ['n', 1]))).toMatchObject({ kind: 'classification' })
    expect(proposed({ ...table, target: texts('a', 'b') })).toMatchObject({
      kind: 'classification',
    })
  })

  it.each(['id', '', 'Unnamed: 0', 'row', 'passenger_id'])(
    'leaves out the row number %j',
    (name) => {
      const table = { [name]: count(), a: half, b: half, label: count(2) }
      for (const features of [2, 'features'] as const) {
        expect(proposed(table, wide(features, ['n', 2])).features).toEqual(['a', 'b'])
      }
      expect(proposed(table, wide(3, ['n', 2])).features).toEqual([name, 'a', 'b'])
    },
  )

  it('picks the subset that fits: without second targets, or one numbered family', () => {
    const table = { x1: half, x2: half, x3: half, age: half, y: count(2), label: count(2) }
    expect(proposed(table, wide(4, ['n', 2])).features).toEqual(['x1', 'x2', 'x3', 'age'])
    expect(proposed(table, wide(3, ['n', 2])).features).toEqual(['x1', 'x2', 'x3'])
    expect(proposed(table, wide(3, ['n', 2])).reason).toContain(
      '1 of 1 model fits with 3 numeric features',
    )
  })

  it('goes with most models', () => {
    const table = { id: count(), a: half, b: half, label: count(2) }
    const models = [wide(3, ['n', 2], 'm1'), wide(2, ['n', 2], 'm2'), wide(3, ['n', 2], 'm3')]
    expect(proposed(table, ...models)).toMatchObject({ features: ['id', 'a', 'b'] })
    expect(proposed(table, ...models).reason).toContain('2 of 3 models fit')
  })

  it('leaves out text and empty columns', () => {
    const empty = count().map(() => null)
    expect(
      proposed({ a: half, note: texts('u', 'v'), gap: empty, label: count(2) }).features,
    ).toEqual(['a'])
    expect(proposed({ a: half, b: half, label: empty })).toMatchObject({ target: 'b' })
  })

  it('says what is missing', () => {
    expect(propose({ label: count(2) })).toMatchObject({ failure: { code: 'no-numeric-feature' } })
    expect(propose({ note: texts('a'), label: count(2) })).toMatchObject({
      failure: { code: 'no-numeric-feature' },
    })
    expect(propose({})).toMatchObject({ failure: { code: 'target-absent' } })
  })
})
