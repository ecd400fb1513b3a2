import { describe, expect, it } from 'vitest'
import { differenceChart } from '../../../src/charts/difference-chart'
import { modelPaint } from '../../../src/charts/model-paint'
import { differenceHistogram } from '../../../src/metrics/difference-histogram'

describe('rows by their largest difference', () => {
  it('stand in half powers of ten, those without any and those without a size apart', () => {
    const differences = differenceHistogram(
      Float64Array.of(0, 0, 0.001, 0.002, 0.004, 0.05, Infinity),
    )
    expect(differences).toMatchObject({ counts: [2, 1, 0, 1], identical: 2, unsized: 1 })
    expect(differences.edges.map((edge) => edge.toPrecision(3))).toEqual([
      ...['0.00100', '0.00316', '0.0100', '0.0316', '0.100'],
    ])
  })

  it('count what is far smaller than the largest in the first bin', () => {
    const { counts, edges } = differenceHistogram(Float64Array.of(1e-300, 1))
    expect(counts).toHaveLength(24)
    expect(counts[0]).toBe(1)
    expect(edges).toHaveLength(25)
  })

  it('have no bins where nothing differs', () => {
    const none = { edges: [], counts: [], identical: 2, unsized: 0 }
    expect(differenceHistogram(new Float64Array(2))).toEqual(none)
  })

  it('are drawn on the scale that models share, with the same figures as a table', () => {
    const differences = differenceHistogram(Float64Array.of(0, 0.001, 0.002, NaN, Infinity))
    const chart = differenceChart({
      ...{ title: 'int8', note: 'n = 5', paint: modelPaint(0), differences },
      ...{ domain: [1e-5, 1], highest: 0.4 },
    })
    expect(chart.table().rows).toEqual([
      ['none', 1],
      ['0.00100 to 0.00316', 2],
      ['NaN or infinity on one side', 2],
    ])
    const { nodes, stops, plot } = chart.draw(400)
    expect(nodes.filter(({ tag }) => tag === 'rect')).toHaveLength(3)
    expect(stops).toHaveLength(3)
    expect(stops.every(({ x }) => x >= plot.left && x <= plot.right)).toBe(true)
    const texts = nodes.flatMap((node) => ('text' in node ? [node.text] : []))
    expect(texts).toEqual(expect.arrayContaining(['none', 'NaN', '0.001', '1']))
  })
})
