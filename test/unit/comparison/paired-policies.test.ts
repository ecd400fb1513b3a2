import { describe, expect, it } from 'vitest'
import { pairedPolicies } from '../../../src/comparison/paired-policies'
import { policyEvidence } from '../../../src/comparison/policy-evidence'
import { sharpe } from '../../../src/metrics/sharpe'
import { RandomGenerator } from '../../../src/statistics/random-generator'

const PERIODS = 252
const BARS = 600

/** Equity over bars of a market common to all, plus an edge of the policy's own. */
function policy(edge: number, seed: number, noise = 0.004) {
  const [market, own] = [new RandomGenerator(99), new RandomGenerator(seed)]
  const equity = new Float64Array(BARS)
  equity[0] = 1000
  for (let bar = 1; bar < BARS; bar += 1) {
    const move = 0.01 * (market.nextFloat() - 0.5) + noise * (own.nextFloat() - 0.5) + edge
    equity[bar] = (equity[bar - 1] ?? 0) * (1 + move)
  }
  const metrics = { sharpe: sharpe({ equity, periodsPerYear: PERIODS }), trades: 50 }
  const windows = Array.from({ length: 8 }, () => ({ score: edge + 1e-4 * own.nextFloat() }))
  return policyEvidence({ equity, periodsPerYear: PERIODS }, metrics, windows)
}

const PAIRING = {
  bars: BARS,
  seed: 0,
  trials: 2,
  primaryMetric: { id: 'score', direction: 'higher' },
  resamples: 400,
} as const

describe('paired policies', () => {
  const [flat, skilled] = [policy(0, 1), policy(0.0015, 2)]
  const paired = pairedPolicies([flat, skilled], PAIRING)
  const [metric] = paired.metrics

  it('have an interval around each Sharpe ratio and around their difference', () => {
    expect(metric?.id).toBe('sharpe')
    expect(metric?.method).toEqual({ method: 'stationary-bootstrap', resamples: 400 })
    for (const [model, evidence] of [flat, skilled].entries()) {
      const [low = NaN, high = NaN] = metric?.interval(model) ?? []
      const told = evidence.metrics['sharpe'] ?? NaN
      expect((low + high) / 2).toBeCloseTo(told, 6)
      expect(low).toBeLessThan(told)
    }
    const [low = NaN] = metric?.differenceInterval(0, 1) ?? []
    expect(low).toBeGreaterThan(0)
    expect(metric?.test(0, 1)?.pValue).toBeLessThan(0.05)
  })

  it('turn the sign and keep p when swapped, and differ in nothing from themselves', () => {
    const swapped = pairedPolicies([skilled, flat], PAIRING).metrics[0]
    const [low = NaN, high = NaN] = metric?.differenceInterval(0, 1) ?? []
    const [otherLow = NaN, otherHigh = NaN] = swapped?.differenceInterval(0, 1) ?? []
    expect(otherLow).toBeCloseTo(-high, 9)
    expect(otherHigh).toBeCloseTo(-low, 9)
    expect(swapped?.test(0, 1)?.pValue).toBe(metric?.test(0, 1)?.pValue)
    expect(metric?.test(1, 1)?.pValue).toBe(1)
    expect(metric?.differenceInterval(1, 1)).toEqual([0, 0])
  })

  it('are asked whether the best was lucky, among all that were tried', () => {
    const luck = paired.luck
    expect(luck?.trials).toBe(2)
    const [, best] = luck?.policies ?? []
    expect(best?.probabilisticSharpe).toBeGreaterThan(0.95)
    expect(best?.deflatedSharpe).toBeLessThan(best?.probabilisticSharpe ?? NaN)
    const more = pairedPolicies([flat, skilled], { ...PAIRING, trials: 20 }).luck
    expect(more?.policies[1]?.deflatedSharpe).toBeLessThan(best?.deflatedSharpe ?? NaN)
    expect(luck?.overfitting?.probability).toBeLessThan(0.2)
    expect(luck?.windows).toMatchObject({
      count: 8,
      averageRanks: [
        { model: 0, rank: 2 },
        { model: 1, rank: 1 },
      ],
    })
    expect(luck?.windows?.pValue).toBeLessThan(0.05)
    // Demšar's Table 5: 1.960 for two; × √(2 · 3 / (6 · 8)).
    expect(luck?.windows?.criticalDifference).toBeCloseTo(1.96 * Math.sqrt(6 / 48), 3)
  })

  it('say so where a convention has a Sharpe ratio of its own', () => {
    const other = { ...flat, metrics: { ...flat.metrics, sharpe: 1.5 } }
    const told = pairedPolicies([other, skilled], PAIRING)
    expect(told.metrics).toEqual([])
    expect(told.notes.join()).toContain('a Sharpe ratio of its own')
  })

  it('bear a policy that was ruined', () => {
    const ruined = policyEvidence(
      { equity: Float64Array.of(1, 0, 0, 0), periodsPerYear: PERIODS },
      { sharpe: null },
      [],
    )
    const told = pairedPolicies([ruined, skilled], PAIRING)
    expect(told.metrics[0]?.interval(0)).toBeNull()
    expect(told.metrics[0]?.test(0, 1)).toBeNull()
    expect(told.metrics[0]?.interval(1)).not.toBeNull()
    expect(told.luck?.overfitting).toBeNull()
    expect(told.luck?.policies[0]).toMatchObject({
      probabilisticSharpe: null,
      deflatedSharpe: null,
    })
  })
})
