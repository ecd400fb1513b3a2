import { describe, expect, it } from 'vitest'
import {
  classFigures,
  classPanels,
  confusions,
  hardestFirst,
  highestDensity,
  rangeOf,
  reliability,
  scoreEdges,
  type PaintedModel,
} from '../../../src/views/plot-data'
import { plotKinds } from '../../../src/views/plot-kinds'
import { describeFeed } from '../../../src/views/describe-feed'
import { reportModel } from '../report/report-model'

function painted(name: string, details: PaintedModel['details']): PaintedModel {
  return { name, colour: 0, details, model: reportModel(name, { details }) }
}

const curve = (label: string, area: number | null) => ({ label, area, x: [0, 1], y: [0, 1] })

describe('classPanels', () => {
  const models = [
    painted('a', { roc: [curve('cat', 0.9), curve('dog', 0.7)] }),
    painted('b', { roc: [curve('dog', 0.8)] }),
    painted('label only', {}),
  ]

  it('gathers the curves of one class in one panel', () => {
    const panels = classPanels(models, 'roc')
    expect(panels.map(({ label, series }) => [label, series.map(({ name }) => name)])).toEqual([
      ['cat', ['a']],
      ['dog', ['a', 'b']],
    ])
  })

  it('puts the class with the weakest curve first', () => {
    expect(hardestFirst(classPanels(models, 'roc')).map(({ label }) => label)).toEqual([
      'dog',
      'cat',
    ])
  })
})

describe('reliability', () => {
  it('leaves out bins with too few rows to be read', () => {
    const model = painted('a', {
      calibration: { confidence: [0.1, 0.5, null], accuracy: [1, 0.6, null], counts: [4, 5, 0] },
    })
    expect(reliability(model)).toMatchObject({ x: [0.5], y: [0.6] })
    expect(reliability(painted('b', {}))).toBeNull()
  })
})

describe('confusions', () => {
  it('lists wrong answers, the most frequent first', () => {
    expect(
      confusions([
        [5, 1],
        [3, 9],
      ]),
    ).toEqual([
      { truth: 1, answer: 0, rows: 3 },
      { truth: 0, answer: 1, rows: 1 },
    ])
  })
})

describe('classFigures', () => {
  const perClass = (recalls: readonly (number | null)[]) =>
    recalls.map((recall, index) => ({
      ...{ label: ['cat', 'dog'][index] ?? '', support: 10, precision: 1, recall, f1: 1 },
    }))
  const model = (name: string, recalls: readonly (number | null)[]) => ({
    ...{ name, colour: 0, details: {} },
    model: reportModel(name, { perClass: perClass(recalls) }),
  })
  it('gathers one figure by class, the weakest class first, with a gap where it is undefined', () => {
    const without = { ...painted('regression', {}) }
    const figures = classFigures(
      [model('a', [0.9, 0.5]), model('b', [null, 0.8]), without],
      'recall',
    )
    expect(figures).toEqual([
      { label: 'dog', support: 10, values: [0.5, 0.8, null] },
      { label: 'cat', support: 10, values: [0.9, null, null] },
    ])
  })
})

describe('plotKinds', () => {
  it('offers what any model has something for, with the models that have it', () => {
    const models = [painted('a', { roc: [curve('cat', 0.9)] }), painted('label only', {})]
    expect(plotKinds(models).map(({ value, models: those }) => [value, those.length])).toEqual([
      ['overview', 2],
      ['curves', 1],
    ])
    expect(plotKinds([])).toEqual([])
  })
})

describe('scoreEdges', () => {
  it('has one edge more than bins, from 0 to 1', () => {
    expect(scoreEdges({ label: '', ofClass: [1, 2, 3, 4], ofRest: [0, 0, 0, 0] })).toEqual([
      0, 0.25, 0.5, 0.75, 1,
    ])
  })
})

describe('shared scales', () => {
  it('holds every value, and gives a single one some room', () => {
    expect(rangeOf([[1, 5], [-2], []])).toEqual([-2, 5])
    expect(rangeOf([[3]])).toEqual([2.5, 3.5])
    expect(rangeOf([])).toEqual([0, 1])
  })

  it('measures bars as share of rows per unit, so that bins of different width compare', () => {
    const residuals = (edges: number[], counts: number[]) => ({
      residuals: { edges, counts, truth: [], predicted: [] },
    })
    const models = [
      painted('wide', residuals([0, 10, 20], [5, 5])),
      painted('narrow', residuals([0, 1, 2], [5, 5])),
    ]
    expect(highestDensity(models)).toBe(0.5)
    expect(highestDensity([])).toBe(1)
  })
})

describe('describeFeed', () => {
  const layouts = [{ key: 'k', columns: ['a', 'b', 'c', 'd'], type: 'float32' as const }]
  const input = (name: string, layout = 0) => ({
    input: name,
    layout,
    type: 'float32' as const,
    rowShape: [1, 2, 2],
    hasBatchAxis: true,
  })
  const output = { kind: 'scores', output: 'logits', width: 3 } as const

  it('says how rows are viewed and what is read', () => {
    const binding = { inputs: [input('x')], output, fixedBatch: 16, rowBytes: 1 }
    expect(describeFeed(binding, layouts)).toBe(
      '4 columns as [16, 1, 2, 2]; reads one score per class from logits',
    )
  })

  it('sums up one input per column', () => {
    const single = [{ key: 's', columns: ['a'], type: 'float32' as const }]
    const binding = { inputs: [input('a'), input('b')], output, fixedBatch: null, rowBytes: 1 }
    expect(describeFeed(binding, single)).toBe(
      '2 columns, one per input; reads one score per class from logits',
    )
  })
})
