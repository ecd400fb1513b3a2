import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { thinCurve } from '../../../src/metrics/thin-curve'

describe('thinCurve', () => {
  it('drops points on a line and keeps corners', () => {
    const x = Float64Array.of(0, 0, 0, 0.5, 1, 1)
    const y = Float64Array.of(0, 0.25, 0.5, 0.75, 1, 1)
    expect(thinCurve(x, y, 10)).toEqual({ x: [0, 0, 1], y: [0, 0.5, 1] })
  })

  it('keeps the point where a line turns back', () => {
    const y = Float64Array.of(0, 1, 0)
    expect(thinCurve(new Float64Array(3), y, 10).y).toEqual([0, 1, 0])
  })

  it('keeps a single point', () => {
    expect(thinCurve(Float64Array.of(0.5), Float64Array.of(1), 2)).toEqual({ x: [0.5], y: [1] })
  })

  it('keeps both ends, the order and the limit', () => {
    const heights = fc.array(fc.nat(20), { minLength: 2, maxLength: 200 })
    fc.assert(
      fc.property(heights, fc.integer({ min: 2, max: 40 }), (values, limit) => {
        const x = Float64Array.from(values, (_, index) => index)
        const y = Float64Array.from(values)
        const thin = thinCurve(x, y, limit)
        expect(thin.x.length).toBeLessThanOrEqual(limit)
        expect([thin.x[0], thin.x.at(-1)]).toEqual([0, values.length - 1])
        expect(thin.x).toEqual([...new Set(thin.x)].sort((a, b) => a - b))
        expect(thin.y).toEqual(thin.x.map((index) => values[index]))
      }),
    )
  })
})
