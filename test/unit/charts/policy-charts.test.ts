import { describe, expect, it } from 'vitest'
import { curveAt } from '../../../src/charts/curve-at'
import { equityChart } from '../../../src/charts/equity-chart'
import { heatShade } from '../../../src/charts/heat-shade'
import { modelPaint } from '../../../src/charts/model-paint'
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

describe('equityChart', () => {
  const curve = (times: readonly number[] | null) => ({
    ...{ rows: [10, 11, 12], times, equity: [100, 90, 120], drawdown: [0, -0.1, 0] },
  })
  const friday = Date.UTC(2024, 0, 5)
  const day = 86_400_000
  const chart = (times: readonly number[] | null) =>
    equityChart({
      note: '',
      series: [{ name: 'a', paint: modelPaint(0), curve: curve(times) }],
      reference: null,
    })

  it('puts bars at their times where there are any, so that weekends show', () => {
    const timed = chart([friday, friday + 3 * day, friday + 4 * day])
    expect(timed.description).toMatch(/^Equity over 2024-01-05 to 2024-01-09\. a ends at 120/)
    const [a, b, c] = timed.draw(800).stops.map(({ x }) => x)
    expect(((b ?? 0) - (a ?? 0)) / ((c ?? 0) - (b ?? 0))).toBeCloseTo(3, 9)
    expect(timed.table().rows[1]).toEqual(['a', 11, '2024-01-08', 90, -0.1])
  })

  it('stands on rows without times', () => {
    const { description, draw, table } = chart(null)
    expect(description).toMatch(/^Equity over rows 10 to 12\./)
    expect(draw(400).stops[1]?.read()).toMatchObject({
      head: 'row 11',
      items: [{ name: 'a', text: '90, −10.00\u202f%' }],
    })
    expect(table().rows).toHaveLength(3)
  })

  it('names lines at their ends where there is room, else in the key', () => {
    expect([800, 400].map((width) => chart(null).draw(width).isLabelled)).toEqual([true, false])
  })
})
