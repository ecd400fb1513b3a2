import { describe, expect, it } from 'vitest'
import { backtestOverfitting } from '../../../src/statistics/backtest-overfitting'
import { policyStatisticsReference, randomReturns } from './policy-statistics-reference'

function noise(policies: number, rows: number, seed: number): Float64Array[] {
  return Array.from({ length: policies }, (_, policy) => randomReturns(rows, 100 * seed + policy))
}

describe('the probability of backtest overfitting', () => {
  it.each(policyStatisticsReference.overfittings)(
    'agrees with the definition written out: $name',
    ({ returns, expected }) => {
      const { sortedLogits, ...figures } = expected
      const policies = returns.map((values) => Float64Array.from(values))
      const actual = backtestOverfitting(policies, expected.splits)
      expect(actual).toMatchObject({
        splits: figures.splits,
        barsPerSplit: figures.barsPerSplit,
        probability: figures.probability,
      })
      expect(actual?.probabilityOfLoss).toBeCloseTo(figures.probabilityOfLoss, 12)
      const logits = actual?.logits.toSorted() ?? new Float64Array(0)
      const step = Math.max(1, Math.floor(logits.length / 20))
      sortedLogits.forEach((logit, index) => expect(logits[index * step]).toBeCloseTo(logit, 10))
    },
  )

  it('counts every halving once', () => {
    const sizes = [16, 8, 4].map((splits) => backtestOverfitting(noise(3, 200, 1), splits))
    expect(sizes.map((result) => result?.logits.length)).toEqual([12870, 70, 6])
  })

  it('is near a half for policies that are all noise', () => {
    let sum = 0
    for (let seed = 1; seed <= 60; seed += 1) {
      sum += backtestOverfitting(noise(8, 240, seed), 8)?.probability ?? NaN
    }
    expect(sum / 60).toBeGreaterThan(0.42)
    expect(sum / 60).toBeLessThan(0.58)
  })

  it('is 0 where one policy is best throughout', () => {
    const policies = [...noise(5, 320, 2), randomReturns(320, 3, 0, 0.02)]
    const result = backtestOverfitting(policies)
    expect(result).toMatchObject({ probability: 0, probabilityOfLoss: 0, splits: 16 })
    expect(result?.logits.every((logit) => logit === Math.log(6))).toBe(true)
  })

  it('is 1 where what wins one half loses the other', () => {
    // Each policy gains in one block and loses as much in the rest.
    const policies = Array.from({ length: 4 }, (_, policy) =>
      randomReturns(80, policy).map((value, bar) => value + (bar >> 4 === policy ? 0.2 : -0.05)),
    )
    expect(backtestOverfitting(policies, 4)?.probability).toBe(1)
  })

  it('does not depend on the order of the policies, also where some are the same', () => {
    const [first, second, third] = noise(3, 160, 4) as [Float64Array, Float64Array, Float64Array]
    const policies = [first, second, third, first, new Float64Array(160)]
    const there = backtestOverfitting(policies)
    const back = backtestOverfitting(policies.toReversed())
    expect(back).toEqual(there)
  })

  it('takes fewer blocks of a short series, and the newest bars', () => {
    const policies = noise(3, 127, 5)
    const result = backtestOverfitting(policies)
    expect(result).toMatchObject({ splits: 12, barsPerSplit: 10 })
    const newest = policies.map((returns) => returns.subarray(7))
    expect(backtestOverfitting(newest)).toEqual(result)
  })

  it('is null with one policy or too few bars', () => {
    expect(backtestOverfitting([])).toBeNull()
    expect(backtestOverfitting(noise(1, 200, 6))).toBeNull()
    expect(backtestOverfitting(noise(2, 39, 6))).toBeNull()
    expect(backtestOverfitting(noise(2, 40, 6))?.splits).toBe(4)
  })
})
