import { describe, expect, it } from 'vitest'
import { confusionChart } from '../../../src/charts/confusion-chart'
import { curveChart } from '../../../src/charts/curve-chart'
import { modelPaint } from '../../../src/charts/model-paint'
import { standaloneSvg } from '../../../src/charts/standalone-svg'
import { svgText } from '../../../src/charts/svg-text'

const chart = curveChart({
  title: 'ROC of class <b>&"\u0000\ud800',
  note: 'n = 10',
  xLabel: 'false positive rate',
  yLabel: 'true positive rate',
  series: ['a', 'b'].map((name, index) => ({
    ...{ name, paint: modelPaint(index), x: [0, 0.5, 1], y: [0, 0.9, 1], area: 0.7 },
  })),
  hasDiagonal: true,
  hasPoints: false,
})

describe('svgText', () => {
  it('escapes what strangers wrote, and drops what XML cannot hold', () => {
    const text = svgText([
      { tag: 'text', attributes: { fill: '"><script>' }, text: '<a>&\u0001\ud800\u{1f600}' },
    ])
    expect(text).toBe(
      '<text fill="&quot;&gt;&lt;script&gt;">&lt;a&gt;&amp;\ufffd\ufffd\u{1f600}</text>',
    )
  })
})

describe('standaloneSvg', () => {
  const svg = standaloneSvg(chart, 400, (colour) => `rgb(${String(colour.length)}, 0, 0)`)
  it('holds title, n, key and no colour of the page', () => {
    expect(svg).not.toContain('var(')
    expect(svg).toContain('n = 10')
    expect(svg).toContain('>a 0.700<')
    expect(svg).toContain('ROC of class &lt;b&gt;&amp;')
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="440"/)
  })

  it('asks for no other file', () => {
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|href/)
  })
})

describe('confusionChart', () => {
  const options = {
    ...{ name: 'new', paint: modelPaint(0), classes: ['cat', 'dog'] },
    counts: [
      [8, 2],
      [1, 1999],
    ],
    baseline: {
      name: 'old',
      counts: [
        [9, 1],
        [1, 1999],
      ],
    },
  }
  const texts = (mode: 'counts' | 'share' | 'difference') =>
    confusionChart({ ...options, mode })
      .draw(400)
      .nodes.flatMap(({ tag, text }) => (tag === 'text' ? [text ?? ''] : []))

  it('shows rows, shares of the true class, or the difference to a model', () => {
    expect(texts('counts')).toEqual(expect.arrayContaining(['8', '2', '1', '1\u202f999']))
    expect(texts('share')).toEqual(expect.arrayContaining(['80', '20', '<1', '>99']))
    expect(texts('difference')).toEqual(expect.arrayContaining(['−1', '+1', '·']))
  })

  it('reads a cell with both models, and tells the figures as a table', () => {
    const { draw, table } = confusionChart({ ...options, mode: 'difference' })
    expect(draw(400).stops[1]?.read()).toMatchObject({
      head: 'cat answered as dog',
      items: [{ name: 'new', text: '2, old 1' }],
    })
    expect(table().rows[1]).toEqual(['cat', 'dog', 2, 0.2, 1])
  })

  it('writes nothing where figures have no room', () => {
    const narrow = confusionChart({ ...options, mode: 'counts' }).draw(90)
    expect(narrow.nodes.some(({ text }) => text === '1\u202f999')).toBe(false)
    expect(narrow.stops).toHaveLength(4)
  })
})
