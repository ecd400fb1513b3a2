import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import type { RolloutBinding } from '../../../src/core/task'
import { sampleMarket, samples, sampleTexts } from '../tasks/policy/read-samples'
import { answersOf, expectFigures, fileAt, policyComparison, unwrap } from './policy-comparison'

const NAMES = Object.keys(samples.models)
const BARS = 7000
const TIMES = sampleTexts('time').map((text) => Date.parse(text))

let { reader, prepare, score } = policyComparison()

beforeEach(() => {
  ;({ reader, prepare, score } = policyComparison())
})

describe('policies from files to figures', () => {
  it('proposes a backtest with the columns that the policies read', async () => {
    const { proposal } = await prepare([...NAMES, 'champion_lstm.onnx'])
    expect(proposal).toMatchObject({
      kind: 'policy',
      metric: 'score',
      roles: { target: null, features: samples.features },
      market: {
        time: 'time',
        open: 'open',
        close: 'close',
        spread: 'spread',
        observations: samples.features,
      },
    })
    expect(proposal.reason).toContain('Backtest of 6 policies')
  })

  it('fits windows, rows, pieces and every policy', async () => {
    const { preparation } = await prepare([...NAMES, 'champion_lstm.onnx'])
    expect(preparation).toMatchObject({ rows: 4000, droppedRows: 0, labels: null })
    expect(preparation.pieces).toEqual([
      { start: 0, end: 2000 },
      { start: 2000, end: 4000 },
    ])
    expect(preparation.warnings.at(-1)).toContain('later bars')
    const { policy } = preparation
    expect(policy).toMatchObject({ bars: BARS, shared: { fill: 'next-open', warmup: 0 } })
    expect(policy?.shared.periodsPerYear).toBeCloseTo(samples.policy.periodsPerYear, 6)
    expect(policy?.windows.map(({ start, end }) => [start, end])).toEqual([
      [5000, 7000],
      [5000, 5500],
      [5500, 6000],
      [6000, 6500],
      [6500, 7000],
    ])
    for (const [name, { actionNames, accountFeatures }] of Object.entries(samples.models)) {
      expect(policy?.fits[name]).toMatchObject({ actions: actionNames, accountFeatures })
      expect(unwrap(preparation.bindings[name])).toMatchObject({
        inputs: [],
        output: { kind: 'action', width: samples.models[name]?.recurrent === true ? 2 : 1 },
        fixedBatch: null,
        rollout: { observationColumns: 10, settings: { actions: actionNames, accountFeatures } },
      })
    }
    const paths = NAMES.map((name) => unwrap(preparation.bindings[name]).rollout?.path)
    expect(paths).toEqual(['ahead', 'ahead', 'ahead', 'ahead', 'sequence'])
  })

  it('gives whole tables in shared memory, or of their own', async () => {
    for (const isIsolated of [true, false]) {
      ;({ reader, prepare } = policyComparison(isIsolated))
      const { preparation } = await prepare(['target_lstm.zip'])
      const { rollout } = unwrap(preparation.bindings['target_lstm.zip'])
      const { observationLayout, priceLayout } = rollout as RolloutBinding
      const observations = unwrap(await reader.block(observationLayout, 5000, 5001))
      const prices = unwrap(await reader.block(priceLayout, 0, 4000))
      expect(observations).toMatchObject({ layout: observationLayout, start: 0, rows: BARS })
      expect(observations.data).toBeInstanceOf(Float32Array)
      expect(observations.data).toHaveLength(BARS * 10)
      const table = prices.data as Float64Array
      expect(table).toHaveLength(BARS * 3)
      expect([...table.subarray(3 * 6999)]).toEqual([
        sampleMarket.open?.[6999],
        sampleMarket.close[6999],
        sampleMarket.spread[6999],
      ])
      expect(table.buffer instanceof SharedArrayBuffer).toBe(isIsolated)
      expect(await reader.block(2, 0, 1)).toMatchObject({ failure: { code: 'internal' } })
    }
  })

  it.each(NAMES)('gives the figures of stable-baselines3 for %s', async (name) => {
    const { whole, perWindow } = samples.models[name] as (typeof samples.models)[string]
    const { preparation } = await prepare([name])
    const scores = await score(preparation, name, answersOf([whole, ...perWindow]))
    expectFigures(scores.metrics, whole)
    expect(scores.windows).toHaveLength(perWindow.length)
    for (const [index, rollout] of perWindow.entries()) {
      const window = scores.windows?.[index]
      expect(window).toMatchObject({
        index,
        start: rollout.start,
        end: rollout.end,
        partial: false,
      })
      expect(Date.parse(window?.startTime ?? '')).toBe(TIMES[rollout.start])
      expect(Date.parse(window?.endTime ?? '')).toBe(TIMES[rollout.end - 1])
      expectFigures(window?.metrics, rollout)
    }
    const { policy } = scores.details
    expect(policy).toMatchObject({ isRuined: false, tradeCount: whole.metrics.trades })
    expect(policy?.trades).toHaveLength(whole.metrics.trades ?? NaN)
    expect(policy?.equity.rows[0]).toBe(5000)
    expect(policy?.equity.rows.at(-1)).toBe(6999)
    expect(policy?.equity.times).toEqual(policy?.equity.rows.map((row) => TIMES[row]))
    for (const { entryIndex, exitIndex, entryTime, exitTime } of policy?.trades ?? []) {
      expect(Date.parse(entryTime ?? '')).toBe(TIMES[5000 + entryIndex])
      expect(Date.parse(exitTime ?? '')).toBe(TIMES[5000 + exitIndex])
    }
    expect(policy?.equity.equity.at(-1)).toBeCloseTo(whole.finalEquity, 6)
    const counted = policy?.actions.reduce((sum, { count }) => sum + count, 0)
    expect(counted).toBe(1999)
    const readsProfit = samples.models[name]?.accountFeatures.includes('unrealized') === true
    expect(policy?.cost === null).toBe(readsProfit)
    expect(policy?.costReason === null).toBe(!readsProfit)
  })

  it.each(NAMES)('gives them for %s with fills at the close', async (name) => {
    const { whole, wholeCloseFill } = samples.models[name] as (typeof samples.models)[string]
    // One window of the same rows as the whole range.
    const windows = { initial: whole.start, step: 2000 }
    const { preparation } = await prepare([name], { settings: { fill: 'close' }, windows })
    const scores = await score(preparation, name, answersOf([wholeCloseFill, wholeCloseFill]))
    expectFigures(scores.metrics, wholeCloseFill)
    expectFigures(scores.windows?.[0]?.metrics, wholeCloseFill)
    expect(scores.notes.join(' ')).toContain('the close of their bar')
  })

  it('says how much the recurrent state matters', async () => {
    const name = 'champion_lstm.zip'
    const { whole, perWindow } = samples.models[name] as (typeof samples.models)[string]
    const { preparation } = await prepare([name])
    const answers = answersOf([whole, ...perWindow])
    const same = await score(preparation, name, answers)
    expect(same.details.policy?.stateReset).toEqual({
      ...{ bars: 1999, changedShare: 0, readsAccount: true, metrics: same.metrics },
    })
    const held = answers.map((action, row) => (row < 500 ? action : 0))
    const reset = await score(preparation, name, answers, held)
    expect(reset.metrics).toEqual(same.metrics)
    const changed = [...answers.subarray(500, 1999)].filter((action) => action !== 0).length
    expect(reset.details.policy?.stateReset?.changedShare).toBe(changed / 1999)
    expect(reset.details.policy?.stateReset?.metrics.trades).toBeLessThan(
      whole.metrics.trades ?? NaN,
    )
    held[3] = 9
    const bad = await score(preparation, name, answers, held)
    expect(bad.metrics.totalReturn).toBeNull()
  })

  it('has no times where the data has none', async () => {
    const name = 'ppo_mlp.zip'
    const { whole, perWindow } = samples.models[name] as (typeof samples.models)[string]
    const { preparation } = await prepare([name], { hasTimes: false })
    const scores = await score(preparation, name, answersOf([whole, ...perWindow]))
    expect(scores.windows?.[0]).toMatchObject({ startTime: null, endTime: null })
    expect(scores.details.policy).toMatchObject({
      equity: { times: null },
      buyAndHold: { times: null },
    })
    expect(scores.details.policy?.trades[0]).toMatchObject({ entryTime: null, exitTime: null })
  })

  it('has no windows where none are asked for', async () => {
    const name = 'target_lstm.zip'
    const { preparation } = await prepare([name], { windows: null })
    expect(preparation.pieces).toEqual([{ start: 0, end: BARS }])
    const scores = await score(preparation, name, new Float64Array(BARS).fill(1))
    expect(scores.windows).toBeNull()
    expect(scores.metrics.trades).toBe(1)
    expect(scores.warnings[0]).toContain('chooses long at every bar')
    expect(scores.details.policy?.equity).toEqual(scores.details.policy?.buyAndHold)
  })
})

describe('models beside policies', () => {
  it('are no policy, by name', async () => {
    const digitsModel = new File([readFileSync('public/demo/digits_mlp.onnx')], 'digits_mlp.onnx')
    const model = unwrap(await reader.readModel(digitsModel, 'digits'))
    const { proposal } = await prepare(['target_lstm.zip'])
    const { kind, roles, market } = proposal
    if (market === null) throw new Error('no market')
    const policy = { market, settings: {}, windows: null }
    const request = { datasetId: 'd', kind, roles, models: [model], policy }
    expect(unwrap(await reader.prepare(request)).bindings.digits).toMatchObject({
      failure: { code: 'model-unsupported' },
    })
  })

  it('run as they are; policies as the graph made of them', async () => {
    const onnx = fileAt('champion_lstm.onnx')
    unwrap(await reader.readModel(onnx, 'onnx'))
    unwrap(await reader.readModel(fileAt('champion_lstm.zip'), 'zip'))
    expect(unwrap(await reader.runnable('onnx'))).toBe(onnx)
    const graph = unwrap(await reader.runnable('zip'))
    const statistics = { mean: Array(12).fill(0), var: Array(12).fill(1) }
    const sideCar = new File([JSON.stringify(statistics)], 'vec.json')
    const [info] = unwrap(await reader.normalize(['zip'], sideCar))
    expect(info).toMatchObject({ id: 'zip', format: 'sb3-zip' })
    expect(unwrap(await reader.runnable('zip')).size).toBeGreaterThan(graph.size)
    const refused = await reader.normalize(['zip', 'onnx'], sideCar)
    expect(refused).toMatchObject({ failure: { code: 'setting-invalid' } })
    expect(await reader.runnable('gone')).toMatchObject({ failure: { code: 'worker-failed' } })
  })

  it('read the options of the command', async () => {
    expect(unwrap(await reader.policyOptions(null, null))).toEqual({ settings: {}, columns: {} })
    const read = unwrap(await reader.policyOptions('fee=0.001,openColumn=', 'initial=10,step=5'))
    expect(read).toEqual({
      settings: { fee: 0.001 },
      columns: { open: null },
      windows: { initial: 10, step: 5 },
    })
    for (const [policy, windows] of [
      ['fee=x', null],
      [null, 'step=1'],
    ] as const) {
      const refused = await reader.policyOptions(policy, windows)
      expect(refused).toMatchObject({ failure: { code: 'setting-invalid' } })
    }
  })
})
