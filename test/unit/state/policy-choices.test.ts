import { describe, expect, it } from 'vitest'
import type { MarketColumns } from '../../../src/core/policy'
import { choicesWithin } from '../../../src/state/choices-within'
import { readKeptSetup } from '../../../src/state/kept-setup'
import { normalisedModels } from '../../../src/state/normalised-models'
import {
  partOf,
  policyRequest,
  preferWasm,
  resolveMarket,
  withObserved,
  withPart,
} from '../../../src/state/policy-choices'
import { DEFAULT_SETTINGS } from '../../../src/core/evaluation'
import { datasetOf, modelOf } from './context'

const market: MarketColumns = {
  time: 't',
  open: 'o',
  close: 'c',
  spread: null,
  observations: ['x', 'y'],
}

describe('resolveMarket', () => {
  it('lays what is chosen over what is proposed', () => {
    expect(resolveMarket(market, { open: null, observations: ['y'] })).toEqual({
      ...market,
      open: null,
      observations: ['y'],
    })
    expect(resolveMarket(null, { close: 'y' })).toEqual({
      ...{ time: null, open: null, close: 'y', spread: null, observations: [] },
    })
    expect(resolveMarket(null, { time: 't' })).toBeNull()
  })
})

describe('withPart', () => {
  it('gives each part to one column and each column one part', () => {
    expect(withPart(market, 'x', 'spread')).toEqual({ ...market, spread: 'x' })
    expect(withPart(market, 'o', 'spread')).toEqual({ ...market, open: null, spread: 'o' })
    expect(withPart(market, 'o', null)).toEqual({ ...market, open: null })
    expect(withPart(market, 'x', 'close')).toEqual({ ...market, close: 'x' })
  })

  it('never leaves the market without closes', () => {
    expect(withPart(market, 'c', null)).toEqual(market)
    expect(withPart(market, 'c', 'open')).toEqual(market)
    expect(partOf(market, 'c')).toBe('close')
  })

  it('lets a price be observed too, in the order of the file', () => {
    const dataset = datasetOf(['t', 'o', 'c', 'x', 'y'])
    expect(withObserved(market, 'c', true, dataset).observations).toEqual(['c', 'x', 'y'])
    expect(withObserved(market, 'x', false, dataset).observations).toEqual(['y'])
  })
})

describe('choices of a backtest', () => {
  it('asks for the whole range where no windows are chosen', () => {
    expect(policyRequest(market, {})).toEqual({ market, settings: {}, windows: null })
  })

  it('forgets columns that another file does not have', () => {
    const choices = { market: { open: 'o' }, policy: { fee: 0.1 } }
    expect(choicesWithin(choices, datasetOf(['o']))).toEqual(choices)
    expect(choicesWithin(choices, datasetOf(['p']))).toEqual({ policy: { fee: 0.1 } })
    const observed = { market: { observations: ['x', 'gone'] } }
    expect(choicesWithin(observed, datasetOf(['x']))).toEqual({})
  })

  it('is kept on disk and read back, and refused where it was tampered with', () => {
    const setup = {
      choices: {
        kind: 'policy',
        market,
        policy: { fee: 0.0002, actions: ['hold', 'buy'], accountFeatures: [] },
        windows: { initial: 100, step: 10 },
      },
      settings: DEFAULT_SETTINGS,
      baseline: null,
    }
    expect(readKeptSetup(structuredClone(setup))).toEqual(setup)
    const bad = { ...setup, choices: { ...setup.choices, policy: { actions: ['run'] } } }
    expect(readKeptSetup(bad)).toBeNull()
  })

  it('keeps off the GPU what is run bar by bar', () => {
    expect(preferWasm(modelOf('a'))).toBeNull()
    const operators = [{ type: 'Gemm', count: 2 }]
    expect(preferWasm({ ...modelOf('a'), operators })).toBeNull()
    const quantised = [...operators, { type: 'QuantizeLinear', count: 3 }]
    expect(preferWasm({ ...modelOf('a'), operators: quantised })).toMatch(/^It is quantised/)
    const policy = { observation: 'obs' } as NonNullable<ReturnType<typeof modelOf>['policy']>
    expect(preferWasm({ ...modelOf('a'), policy })).toMatch(/^A policy is run bar by bar/)
  })
})

describe('normalisedModels', () => {
  const zip = (name: string) => ({ ...modelOf(name), format: 'sb3-zip' as const })
  const models = [zip('best'), zip('best_model'), modelOf('best_model_vec')]

  it('takes the policy that the file is named after, else every one', () => {
    const names = (file: string) => normalisedModels(file, models).map(({ name }) => name)
    expect(names('best_model_vecnormalize.pkl')).toEqual(['best_model'])
    expect(names('Best.json')).toEqual(['best'])
    expect(names('vec_normalize.pkl')).toEqual(['best', 'best_model'])
    expect(normalisedModels('vec.pkl', [modelOf('a')])).toEqual([])
  })
})
