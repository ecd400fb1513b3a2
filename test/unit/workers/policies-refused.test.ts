import { beforeEach, describe, expect, it } from 'vitest'
import { samples, sampleTexts } from '../tasks/policy/read-samples'
import { answersOf, policyComparison } from './policy-comparison'

const BARS = 7000
const TIMES = sampleTexts('time').map((text) => Date.parse(text))

let { reader, prepare, score } = policyComparison()

beforeEach(() => {
  ;({ reader, prepare, score } = policyComparison())
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
      const reset = new Float64Array(BARS)
      const scores = await score(preparation, 'target_lstm.zip', answers, reset)
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
    expect(scores.warnings[0]).toMatch(/ruined at row [\d\u202f]+ \(2024-.+Z\): equity is 0/)
    const [place = '', time = ''] = scores.warnings[0]?.split(/[()]/) ?? []
    const row = Number(place.replace(/\D/g, ''))
    expect(Date.parse(time)).toBe(TIMES[row - 1])
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
