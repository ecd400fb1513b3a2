import { describe, expect, it } from 'vitest'
import type { Preparation } from '../../../src/contract/reader'
import { policySettings, rowsCompared } from '../../../src/state/policy-report'
import { modelOf } from './context'

const shared = {
  fill: 'next-open',
  fee: 0.0002,
  size: 1,
  initialBalance: 10_000,
  positionEncoding: 'sign',
  periodsPerYear: 252,
  warmup: 0,
  stateReset: true,
  convention: 'bakeoff',
} as const
const windows = [
  { index: 0, start: 100, end: 160, isPartial: false },
  { index: 0, start: 100, end: 150, isPartial: false },
  { index: 1, start: 150, end: 160, isPartial: true },
]
const fit = {
  actions: ['hold', 'buy'],
  accountFeatures: ['position'],
  path: '',
} as const
const bare: Preparation = {
  rows: 120,
  droppedRows: 0,
  chosen: null,
  droppedBy: [],
  labels: null,
  layouts: [],
  bindings: {},
  warnings: [],
  timeColumn: null,
  pieces: null,
  policy: null,
}
const market = { time: null, open: null, close: 'c', spread: null, observations: [] }
const models = [modelOf('a'), modelOf('b')]

function prepared(fits: NonNullable<Preparation['policy']>['fits'], count = 3): Preparation {
  const policy = { market, bars: 160, windows: windows.slice(0, count), shared, metrics: [], fits }
  return { ...bare, policy }
}

describe('what a report says of a backtest', () => {
  it('counts the bars of the whole range, and rows of other tasks', () => {
    expect(rowsCompared(prepared({}))).toBe(60)
    expect(rowsCompared(bare)).toBe(120)
    expect(policySettings({ models, preparation: bare })).toEqual({})
  })

  it('holds the settings, once where all models share them', () => {
    const preparation = prepared({ 'id of a': fit, 'id of b': fit })
    expect(policySettings({ models, preparation })).toEqual({
      ...shared,
      actions: 'hold|buy',
      accountFeatures: 'position',
      windowsInitial: 100,
      windowsStep: 50,
    })
  })

  it('names the models where they differ, and no windows where there are none', () => {
    const other = { ...fit, actions: ['flat', 'long'], accountFeatures: [] } as const
    const preparation = prepared({ 'id of a': fit, 'id of b': other }, 1)
    expect(policySettings({ models, preparation })).toMatchObject({
      actions: 'a hold|buy, b flat|long',
      accountFeatures: 'a position, b none',
      windowsInitial: null,
      windowsStep: null,
    })
  })
})
