import { describe, expect, it } from 'vitest'
import type { KeptRows, RowField } from '../../../src/core/exploration'
import { cellText, nextSort, rowColumns } from '../../../src/views/row-columns'

const KEPT: KeptRows = {
  ...{ id: 'd 1', kind: 'regression', modelIds: ['a', 'b'], rows: 3, tableRows: 4 },
  columns: [
    { name: 'age\u202e', type: 'integer', missing: 0, distinct: 3 },
    { name: 'town', type: 'text', missing: 0, distinct: 3 },
  ],
  hasConfidence: [false, false],
  counts: { differ: 0, anyWrong: 0, allWrong: 0, only: [] },
  sliceMetrics: [],
}
const FIELDS: readonly RowField[] = [
  { of: 'row' },
  { of: 'answer', model: 1 },
  { of: 'error', model: 1 },
  { of: 'column', column: 0 },
  { of: 'column', column: 1 },
]
const MODELS = [
  { name: 'ridge', colour: 4 },
  { name: 'mlp', colour: 2 },
]

describe('columns of the table of rows', () => {
  const columns = rowColumns(FIELDS, KEPT, MODELS, 2)

  it('name and paint models, and align numbers', () => {
    expect(columns.map(({ label, head, colour, align }) => [label, head, colour, align])).toEqual([
      ['Row', 'Row', null, 'end'],
      ['mlp', 'mlp', 2, 'end'],
      ['mlp error', 'error', 2, 'end'],
      ['age', 'age', null, 'end'],
      ['town', 'town', null, 'start'],
    ])
  })

  it('show answers to the same decimals and data as it is', () => {
    const cells = [12_345, 1.5, -0.126, -0.126, 'a\nb']
    expect(columns.map((column, place) => cellText(column, cells[place] ?? null))).toEqual([
      '12\u202f345',
      '1.50',
      '\u22120.13',
      '\u22120.126',
      'a b',
    ])
    expect(columns.map((column) => cellText(column, null))).toEqual(['–', '–', '–', '–', '–'])
  })

  it('are sorted by what stands out first, then the other way', () => {
    const once = nextSort(null, { of: 'error', model: 1 })
    expect(once.isDescending).toBe(true)
    expect(nextSort(once, { of: 'error', model: 1 }).isDescending).toBe(false)
    expect(nextSort(once, { of: 'error', model: 0 }).isDescending).toBe(true)
    expect(nextSort(once, { of: 'column', column: 0 }).isDescending).toBe(false)
  })
})
