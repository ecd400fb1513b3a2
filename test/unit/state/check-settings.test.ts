import { describe, expect, it } from 'vitest'
import type { AutomationSettings } from '../../../src/core/automation'
import { checkSettings } from '../../../src/state/check-settings'
import { datasetOf, modelOf, tasks } from './context'

const context = {
  tasks,
  models: [modelOf('champion'), modelOf('challenger')],
  dataset: datasetOf(['a', 'b', 'label']),
}
const nothing: AutomationSettings = {
  kind: null,
  metric: null,
  target: null,
  features: null,
  baseline: null,
  evaluation: {},
}

function check(settings: Partial<AutomationSettings>) {
  return checkSettings({ ...nothing, ...settings }, context)
}

function failureOf(settings: Partial<AutomationSettings>) {
  const outcome = check(settings)
  return outcome.ok ? null : outcome.failure
}

describe('checkSettings', () => {
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
        choices: { kind: 'regression', metric: 'mae', target: 'label', features: ['b', 'a'] },
        baselineId: 'id of challenger',
        evaluation: { backend: 'wasm', lanes: null, batchSize: 8, seed: 3 },
      },
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
