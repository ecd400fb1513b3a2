import { describe, expect, it } from 'vitest'
import { equityCurve } from '../../../../src/tasks/policy/equity-curve'

describe('equityCurve', () => {
  it('keeps every mark of a short curve, in rows of the table', () => {
    expect(equityCurve(Float64Array.of(100, 110, 99), 50, null)).toEqual({
      rows: [50, 51, 52],
      times: null,
      equity: [100, 110, 99],
      drawdown: [0, 0, 99 / 110 - 1],
    })
  })

  it('keeps ends, peaks and troughs of a long one', () => {
    const equity = Float64Array.from({ length: 100_000 }, (_, t) => 1000 + Math.sin(t / 5))
    equity[12_345] = 2000
    equity[54_321] = 10
    const times = equity.map((_, t) => 1e12 + t * 60_000)
    const curve = equityCurve(equity, 7, times)
    expect(curve.times).toEqual(curve.rows.map((row) => 1e12 + (row - 7) * 60_000))
    expect(curve.rows.length).toBeLessThanOrEqual(2000)
    expect(curve.rows.length).toBeGreaterThan(1900)
    expect(curve.rows).toEqual([...curve.rows].sort((a, b) => a - b))
    expect(new Set(curve.rows).size).toBe(curve.rows.length)
    expect([curve.rows[0], curve.rows.at(-1)]).toEqual([7, 100_006])
    expect(curve.equity[curve.rows.indexOf(12_352)]).toBe(2000)
    expect(curve.drawdown[curve.rows.indexOf(54_328)]).toBe(10 / 2000 - 1)
    expect(curve.equity.every((value, at) => value === equity[(curve.rows[at] ?? 0) - 7])).toBe(
      true,
    )
  })
})
