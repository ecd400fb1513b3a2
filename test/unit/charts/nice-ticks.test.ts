import { describe, expect, it } from 'vitest'
import { niceTicks, tickDecimals } from '../../../src/charts/nice-ticks'

describe('niceTicks', () => {
  it.each([
    [0, 1, 4, [0, 0.5, 1]],
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-3.2, 7.9, 4, [0, 5]],
    [-30, 30, 6, [-30, -20, -10, 0, 10, 20, 30]],
  ])('%d … %d', (low, high, count, ticks) => {
    const found = niceTicks(low, high, count)
    expect(found).toHaveLength(ticks.length)
    found.forEach((tick, index) => {
      expect(tick).toBeCloseTo(ticks[index] ?? NaN, 12)
    })
  })

  it('holds every tick within the range, over many scales', () => {
    for (const scale of [1e-9, 0.37, 12, 4.4e8]) {
      for (const offset of [-3, 0, 17]) {
        const [low, high] = [offset * scale, (offset + 1.7) * scale]
        const ticks = niceTicks(low, high)
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(7)
        const slack = scale * 1e-8
        expect(ticks.every((tick) => tick >= low - slack && tick <= high + slack)).toBe(true)
      }
    }
  })

  it('gives one tick for an empty range', () => {
    expect(niceTicks(2, 2)).toEqual([2])
  })

  it('counts the decimals that tell neighbours apart', () => {
    expect(tickDecimals([0, 0.5, 1])).toBe(1)
    expect(tickDecimals([0, 20])).toBe(0)
    expect(tickDecimals([0, 0.002])).toBe(3)
    expect(tickDecimals([0, 0.1])).toBe(1)
  })
})
