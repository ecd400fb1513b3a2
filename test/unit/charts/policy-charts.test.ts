import { describe, expect, it } from 'vitest'
import { curveAt } from '../../../src/charts/curve-at'
import { heatShade } from '../../../src/charts/heat-shade'
import { spreadLabels } from '../../../src/charts/spread-labels'

describe('spreadLabels', () => {
  it('leaves labels where they belong while they keep apart', () => {
    expect(spreadLabels([80, 10, 40], 16, [0, 100])).toEqual([80, 10, 40])
  })

  it('moves labels apart, in their order, within the drawing', () => {
    expect(spreadLabels([50, 50, 52], 16, [0, 100])).toEqual([50, 66, 82])
    expect(spreadLabels([99, 98], 16, [0, 100])).toEqual([100, 84])
    expect(spreadLabels([-20, -30], 16, [0, 100])).toEqual([16, 0])
  })
})

describe('curveAt', () => {
  it('finds the last mark at or before a row', () => {
    const rows = [5, 8, 8, 20]
    expect([4, 5, 7, 8, 19, 20, 99].map((row) => curveAt(rows, row))).toEqual([
      -1, 0, 0, 2, 2, 3, 3,
    ])
    expect(curveAt([], 1)).toBe(-1)
  })
})

describe('heatShade', () => {
  it('goes from the worst to the best of all cells, whichever way is better', () => {
    expect([1, 2, 3].map((value) => heatShade(value, [1, 3], 'higher'))).toEqual([0, 0.5, 1])
    expect([1, 2, 3].map((value) => heatShade(value, [1, 3], 'lower'))).toEqual([1, 0.5, 0])
  })

  it('stays pale where there is nothing to tell', () => {
    expect(heatShade(null, [1, 3], 'higher')).toBe(0)
    expect(heatShade(2, [2, 2], 'higher')).toBe(0)
  })
})
