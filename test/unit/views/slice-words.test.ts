import { describe, expect, it } from 'vitest'
import type { KeptRows, Slice, SliceSurvey } from '../../../src/core/exploration'
import type { MetricInfo } from '../../../src/core/metric'
import { namedTurns, orderText, rangeText, turnsSentence } from '../../../src/views/slice-words'

const MODELS = [
  { name: 'champion', colour: 0 },
  { name: 'challenger', colour: 1 },
]
const ACCURACY: MetricInfo = {
  id: 'accuracy',
  label: 'Accuracy',
  direction: 'higher',
  unit: 'share',
  description: '',
}
const KEPT: KeptRows = {
  ...{ id: 'd 1', kind: 'classification', modelIds: ['a', 'b'], rows: 300, tableRows: 300 },
  columns: [{ name: 'age', type: 'number', missing: 0, distinct: 90 }],
  hasConfidence: [true, true],
  counts: { differ: 0, anyWrong: 0, allWrong: 0, only: [] },
  sliceMetrics: ['accuracy'],
}

function slice(rows: number, turn: Slice['turn']): Slice {
  return { range: { kind: 'range', low: -1.5, high: 20 }, rows, figures: [0.7, 0.95], turn }
}

const TURN = {
  model: 1,
  difference: 0.25,
  pValue: 0.001,
  adjustedPValue: 0.02,
  isSignificant: true,
}

function survey(change: Partial<SliceSurvey>): SliceSurvey {
  return {
    ...{ metric: 'accuracy', figures: [0.9, 0.8], leader: 0, isTested: true },
    columns: [{ column: 0, slices: [slice(120, TURN), slice(180, null)] }],
    ...{ slices: 2, tests: 2, leftOut: 0 },
    ...change,
  }
}

describe('words on slices', () => {
  it('names the slice in which another model is ahead, with figures, rows and adjusted p', () => {
    expect(namedTurns(survey({}), KEPT, MODELS, ACCURACY).map(({ text }) => text)).toEqual([
      'challenger is ahead of champion where "age" is −1.5 to 20: 0.950 against 0.700, 120 rows, adjusted p = 0.020.',
    ])
    const chance = slice(120, { ...TURN, isSignificant: false })
    const quiet = survey({ columns: [{ column: 0, slices: [chance] }] })
    expect(namedTurns(quiet, KEPT, MODELS, ACCURACY)).toEqual([])
  })

  it.each([
    [
      {},
      1,
      'Looked at 2 slices of 1 column. In one the ranking turns: another model is ahead of champion, the best on all rows.',
    ],
    [
      {},
      0,
      'Looked at 2 slices of 1 column: in none is another model ahead of champion, the best on all rows, beyond chance.',
    ],
    [
      { leader: null },
      0,
      'Looked at 2 slices of 1 column. No model leads on all rows, so there is no ranking that could turn.',
    ],
    [
      { isTested: false },
      0,
      'Looked at 2 slices of 1 column. Within slices no test fits Accuracy, so no turn of the ranking is claimed.',
    ],
  ])('says among how many looks: %j, %i turns', (change, turns, sentence) => {
    expect(turnsSentence(survey(change), turns, MODELS, ACCURACY)).toBe(sentence)
  })

  it('tells a turn from chance and from too few rows', () => {
    const order = (one: Slice) => orderText(one, survey({}), MODELS, 30)
    expect(order(slice(120, TURN))).toBe('Turns: challenger ahead, adjusted p = 0.020')
    expect(order(slice(120, { ...TURN, adjustedPValue: 0.6, isSignificant: false }))).toBe(
      'challenger ahead, may be chance (adjusted p = 0.60)',
    )
    expect(order(slice(120, null))).toBe('As on all rows')
    expect(order(slice(29, null))).toBe('Too few rows to tell')
  })

  it.each([
    [{ kind: 'text', text: 'a\u202eb' }, 'ab'],
    [{ kind: 'text', text: '' }, '(empty)'],
    [{ kind: 'number', value: 0.1 + 0.2 }, '0.3'],
    [{ kind: 'rest', values: 1200 }, '1\u202f200 other values'],
    [{ kind: 'missing' }, 'missing'],
  ] as const)('shows %j', (range, text) => {
    expect(rangeText(range)).toBe(text)
  })
})
