import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import type { PolicyRequest, Preparation } from '../../../src/contract/reader'
import type { Outcome } from '../../../src/core/failure'
import type { ModelInfo } from '../../../src/core/model'
import type { PolicySettings } from '../../../src/core/policy'
import type { ModelScores } from '../../../src/core/report'
import type { RolloutBinding } from '../../../src/core/task'
import { Analysis } from '../../../workers/analysis/analysis'
import { Reader } from '../../../workers/reader/reader'
import { digits, sampleMarket, samples, type Rollout } from '../tasks/policy/read-samples'

const POLICIES = new URL('../../fixtures/policies/', import.meta.url)
const NAMES = Object.keys(samples.models)
const BARS = 7000

function unwrap<T>(outcome: Outcome<T> | undefined): T {
  if (outcome === undefined) throw new Error('nothing came back')
  if (!outcome.ok) throw new Error(`${outcome.failure.code}: ${outcome.failure.message}`)
  return outcome.value
}

function fileAt(name: string): File {
  return new File([readFileSync(new URL(name, POLICIES))], name)
}

let reader: Reader
let analysis: Analysis

beforeEach(() => {
  reader = new Reader(true)
  analysis = new Analysis()
})

interface Change {
  readonly settings?: Partial<PolicySettings>
  readonly windows?: PolicyRequest['windows']
}

async function prepare(names: readonly string[], change: Change = {}) {
  unwrap(await reader.readDataset(fileAt('market-15min.csv'), 'd', () => undefined))
  const models: ModelInfo[] = []
  for (const name of names) models.push(unwrap(await reader.readModel(fileAt(name), name)))
  const proposal = unwrap(await reader.propose('d', models))
  if (proposal.market === null) throw new Error('no market was proposed')
  const { fee, size, initialBalance } = samples.policy
  const policy: PolicyRequest = {
    market: proposal.market,
    settings: { fee, size, initialBalance, ...change.settings },
    windows: change.windows === undefined ? samples.windows : change.windows,
  }
  const { kind, roles } = proposal
  const request = { datasetId: 'd', kind, roles, models, policy }
  return { proposal, preparation: structuredClone(unwrap(await reader.prepare(request))) }
}

/** One answer per bar of each window, the last bar's being 0. */
function answersOf(rollouts: readonly Rollout[]): Float64Array {
  return Float64Array.from(rollouts.flatMap(({ actions }) => [...digits(actions), 0]))
}

async function score(
  { rows, labels, bindings }: Preparation,
  name: string,
  answers: Float64Array,
): Promise<ModelScores> {
  const targets = structuredClone(unwrap(await reader.targets()))
  await analysis.begin({ kind: 'policy', rows, targets, labels })
  const { output } = unwrap(bindings[name])
  const half = Math.floor(rows / 2)
  unwrap(await analysis.addAnswers(name, output, half, rows, answers.slice(half)))
  unwrap(await analysis.addAnswers(name, output, 0, half, answers.slice(0, half)))
  return structuredClone(unwrap(await analysis.score(name)))
}

function expectFigures(metrics: ModelScores['metrics'] | undefined, rollout: Rollout): void {
  expect(Object.keys(metrics ?? {})).toHaveLength(12)
  for (const [id, figure] of Object.entries(rollout.metrics)) {
    const value = metrics?.[id] ?? NaN
    const tolerance = 1e-6 * Math.max(1, Math.abs(figure))
    expect(Math.abs(value - figure), `${id}: ${String(value)}`).toBeLessThan(tolerance)
  }
}

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
        output: { kind: 'action', width: 1 },
        fixedBatch: null,
        rollout: { observationColumns: 10, settings: { actions: actionNames, accountFeatures } },
      })
    }
    const paths = NAMES.map((name) => unwrap(preparation.bindings[name]).rollout?.path)
    expect(paths).toEqual(['steps', 'steps', 'steps', 'steps', 'sequence'])
  })

  it('gives whole tables in shared memory, or of their own', async () => {
    for (const isIsolated of [true, false]) {
      reader = new Reader(isIsolated)
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
      expectFigures(window?.metrics, rollout)
    }
    const { policy } = scores.details
    expect(policy).toMatchObject({ isRuined: false, tradeCount: whole.metrics.trades })
    expect(policy?.trades).toHaveLength(whole.metrics.trades ?? NaN)
    expect(policy?.equity.rows[0]).toBe(5000)
    expect(policy?.equity.rows.at(-1)).toBe(6999)
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

describe('policies that do not go well', () => {
  it('follow the chosen convention, and say so', async () => {
    const name = 'target_lstm.zip'
    const { whole, perWindow } = samples.models[name] as (typeof samples.models)[string]
    const { preparation } = await prepare([name], { settings: { convention: 'quantstats' } })
    const scores = await score(preparation, name, answersOf([whole, ...perWindow]))
    expect(scores.metrics.maxDrawdown).toBeCloseTo(-(whole.metrics.maxDrawdown ?? NaN), 6)
    expect(scores.notes.at(-1)).toContain('quantstats')
    const drawdown = preparation.policy?.metrics.find(({ id }) => id === 'maxDrawdown')
    expect(drawdown?.direction).toBe('higher')
  })

  it('get no figure where an answer is no action', async () => {
    const { preparation } = await prepare(['target_lstm.zip'], { windows: null })
    for (const bad of [NaN, 3, -1, 0.5]) {
      const answers = new Float64Array(BARS)
      answers[100] = bad
      const scores = await score(preparation, 'target_lstm.zip', answers)
      expect(scores.metrics).toMatchObject({ score: null, totalReturn: null, trades: null })
      expect(scores.warnings[0]).toContain('1 bar of 7\u202f000 have no valid action')
    }
    // Nothing is decided at the last bar.
    const answers = new Float64Array(BARS)
    answers[BARS - 1] = NaN
    const scores = await score(preparation, 'target_lstm.zip', answers)
    expect(scores.metrics.totalReturn).toBe(0)
  })

  it('are ruined by name, with what came after left out', async () => {
    const settings = { size: 100, fee: 0.001 }
    const { preparation } = await prepare(['target_lstm.zip'], { settings, windows: null })
    const answers = Float64Array.from({ length: BARS }, (_, bar) => 1 + (bar % 2))
    const scores = await score(preparation, 'target_lstm.zip', answers)
    expect(scores.metrics.totalReturn).toBe(-1)
    expect(scores.warnings[0]).toMatch(/ruined at row [\d\u202f]+: equity is 0/)
    const row = Number(scores.warnings[0]?.replace(/\D/g, '').slice(0, -1))
    expect(scores.details.policy).toMatchObject({ isRuined: true, cost: null })
    const counted = scores.details.policy?.actions.reduce((sum, { count }) => sum + count, 0)
    expect(counted).toBe(row - 1)
    expect(row).toBeLessThan(BARS)
  })

  it('fail alone where they do not fit', async () => {
    const names = ['target_lstm.zip', 'mlp_elu.zip']
    const { preparation } = await prepare(names)
    expect(preparation.bindings['target_lstm.zip']).toMatchObject({ ok: true })
    expect(preparation.bindings['mlp_elu.zip']).toMatchObject({
      ok: false,
      failure: { code: 'input-shape' },
    })
    expect(Object.keys(preparation.policy?.fits ?? {})).toEqual(['target_lstm.zip'])
  })

  it('fail as a whole for a market that cannot be traded', async () => {
    const { proposal } = await prepare(['target_lstm.zip'])
    const { kind, roles, market } = proposal
    const request = { datasetId: 'd', kind, roles, models: [] }
    expect(await reader.prepare(request)).toMatchObject({ failure: { code: 'setting-invalid' } })
    if (market === null) throw new Error('no market')
    const policy = { market: { ...market, close: 'none' }, settings: {}, windows: null }
    expect(await reader.prepare({ ...request, policy })).toMatchObject({
      failure: { code: 'feature-absent' },
    })
    const late = { market, settings: {}, windows: { initial: 7000, step: 10 } }
    expect(await reader.prepare({ ...request, policy: late })).toMatchObject({
      failure: { code: 'setting-invalid' },
    })
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
