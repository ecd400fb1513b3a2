import { describe, expect, it } from 'vitest'
import type { AutomationSettings } from '../../../src/core/automation'
import { checkSettings } from '../../../src/state/check-settings'
import { datasetOf, modelOf, tasks } from './context'

const context = {
  tasks,
  models: [modelOf('champion'), modelOf('challenger')],
  dataset: datasetOf(['a', 'b', 'label']),
  policy: { settings: {}, columns: {} },
}
const nothing: AutomationSettings = {
  kind: null,
  metric: null,
  target: null,
  features: null,
  reference: null,
  tolerance: null,
  baseline: null,
  filter: null,
  sample: null,
  policy: null,
  windows: null,
  evaluation: {},
}

const WINDOWS = { initial: 10, step: 5 }

function check(settings: Partial<AutomationSettings>) {
  return checkSettings({ ...nothing, ...settings }, context)
}

function failureOf(settings: Partial<AutomationSettings>) {
  const outcome = check(settings)
  return outcome.ok ? null : outcome.failure
}

describe('checkSettings', () => {
  it('reads conditions after the longest name of a column, and a sample', () => {
    const dataset = datasetOf(['a', 'a b', 'a b=c', '>1'])
    const outcome = checkSettings(
      {
        ...nothing,
        filter: ['a >= 2', 'a b 1..2', 'a b=c=x', '>1 <5', 'a\t=new kind'],
        sample: { kind: 'recent', rows: 5 },
      },
      { ...context, dataset },
    )
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        choices: {
          filter: [
            { column: 'a', text: '>= 2' },
            { column: 'a b', text: '1..2' },
            { column: 'a b=c', text: '=x' },
            { column: '>1', text: '<5' },
            { column: 'a', text: '=new kind' },
          ],
          sample: { kind: 'recent', rows: 5 },
        },
      },
    })
  })

  it.each([
    ['age >5', '"age >5"'],
    ['ab', '"ab"'],
    [`a ${'x'.repeat(300)}`, '"a" has more than 200 characters'],
  ])('refuses the condition %j', (condition, named) => {
    expect(failureOf({ filter: [condition] })?.message).toContain(named)
  })

  it('leaves to the proposal what is not given', () => {
    expect(check({})).toEqual({
      ok: true,
      value: { choices: {}, baselineId: null, evaluation: {} },
    })
  })

  it('takes names that are there, keeping the order of features', () => {
    const outcome = check({
      kind: 'regression',
      metric: 'mae',
      target: 'label',
      features: ['b', 'a'],
      baseline: 'challenger.onnx',
      evaluation: { backend: 'wasm', lanes: null, batchSize: 8, seed: 3 },
    })
    expect(outcome).toEqual({
      ok: true,
      value: {
        choices: {
          ...{ kind: 'regression', metric: 'mae', target: 'label', features: ['b', 'a'] },
          market: { observations: ['b', 'a'] },
        },
        baselineId: 'id of challenger',
        evaluation: { backend: 'wasm', lanes: null, batchSize: 8, seed: 3 },
      },
    })
  })

  it('passes on how policies are traded', () => {
    const policy = { settings: { fee: 0.001 }, columns: { close: 'b' }, windows: WINDOWS }
    const outcome = checkSettings({ ...nothing, kind: 'policy' }, { ...context, policy })
    expect(outcome.ok && outcome.value.choices).toEqual({
      kind: 'policy',
      market: { close: 'b' },
      policy: { fee: 0.001 },
      windows: WINDOWS,
    })
  })

  it('names what is close to an unknown column of the market', () => {
    const policy = { settings: {}, columns: { open: null, close: 'lable' } }
    const outcome = checkSettings(nothing, { ...context, policy })
    expect(!outcome.ok && outcome.failure).toEqual({
      code: 'feature-absent',
      message: '"data.csv" has no column "lable" for close.',
      advice: 'Close to it is "label".',
    })
  })

  it('names what is close to an unknown column, metric or model', () => {
    expect(failureOf({ target: 'lable' })).toEqual({
      code: 'target-absent',
      message: 'There is no column of data.csv called "lable".',
      advice: 'Close to it is "label".',
    })
    expect(failureOf({ features: ['a', 'c'] })?.code).toBe('feature-absent')
    expect(failureOf({ metric: 'acuracy' })?.advice).toContain('"accuracy"')
    expect(failureOf({ baseline: 'chalenger' })?.advice).toContain('"challenger"')
  })

  it('knows which metrics belong to a task', () => {
    expect(failureOf({ kind: 'regression', metric: 'accuracy' })?.message).toBe(
      'There is no metric of regression called "accuracy".',
    )
    expect(failureOf({ metric: 'accuracy' })).toBeNull()
  })

  it.each([
    ['a feature twice', { features: ['a', 'a'] }],
    ['a target among the features', { target: 'a', features: ['a', 'b'] }],
    ['no lanes', { evaluation: { lanes: 0 } }],
    ['half a batch', { evaluation: { batchSize: 0.5 } }],
    ['a seed below zero', { evaluation: { seed: -1 } }],
    ['a count that is none', { evaluation: { sequentialUpTo: NaN } }],
  ] satisfies [string, Partial<AutomationSettings>][])('refuses %s', (_, settings) => {
    expect(failureOf(settings)?.code).toBe('setting-invalid')
  })
})
