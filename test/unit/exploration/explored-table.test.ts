import { describe, expect, it } from 'vitest'
import type { RowField, RowQuery } from '../../../src/core/exploration'
import { rowsCsv } from '../../../src/exploration/rows-csv'
import { classified, datasetOf, tableOf, valued } from './small-table'

const ALL: RowQuery = { view: { kind: 'all' }, conditions: [], sort: null }

// Row 2 of the table (the third) has no target: five rows are used.
const dataset = datasetOf({
  size: [5, 1, 9, null, 3, 1],
  constructor: ['x', 'row 10', 'z', 'row 2', null, 'row 2'],
})
const used = Uint32Array.of(0, 1, 3, 4, 5)
const truth = { kind: 'classification', classes: Int32Array.of(0, 1, 2, 0, 1) } as const
const table = tableOf(
  dataset,
  truth,
  [
    classified('m', [0, 1, 0, 1, 1], [0.9, 0.8, 0.4, 0.6, 0.7]),
    // Its own fourth label is none of the data.
    classified('n', [0, 0, 1, 3, 1], null, ['a', 'b', 'c', 'other']),
    classified('o', [0, 1, 1, 3, 2], null, ['a', 'b', 'c', 'other']),
  ],
  used,
)

function found(query: Partial<RowQuery>): number[] {
  return table.window({ ...ALL, ...query }, [], 0, 100).rows.map(({ tableRow }) => tableRow)
}

describe('ExploredTable of a classification', () => {
  it('counts what models said of each row', () => {
    expect(table.answers.counts).toEqual({
      differ: 4,
      anyWrong: 4,
      allWrong: 2,
      only: [
        [0, 1, 1],
        [0, 0, 1],
        [0, 1, 0],
      ],
    })
  })

  it.each([
    [{ kind: 'all' }, [1, 2, 4, 5, 6]],
    [{ kind: 'differ' }, [2, 4, 5, 6]],
    [{ kind: 'any-wrong' }, [2, 4, 5, 6]],
    [{ kind: 'all-wrong' }, [4, 5]],
    [{ kind: 'only', right: 0, wrong: 1 }, [2]],
    [{ kind: 'only', right: 1, wrong: 2 }, [6]],
  ] as const)('finds rows of view %j', (view, rows) => {
    expect(found({ view })).toEqual(rows)
  })

  it.each([
    ['numbers, missing last', { of: 'column', column: 0 }, false, [2, 6, 5, 1, 4]],
    ['and last too when descending', { of: 'column', column: 0 }, true, [1, 5, 2, 6, 4]],
    ['texts with their numbers as numbers', { of: 'column', column: 1 }, false, [4, 6, 2, 1, 5]],
    ['answers by class', { of: 'answer', model: 0 }, true, [2, 5, 6, 1, 4]],
    ['confidence', { of: 'confidence', model: 0 }, true, [1, 2, 6, 5, 4]],
    ['rows of the table', { of: 'row' }, true, [6, 5, 4, 2, 1]],
    [
      'nothing where a model has no confidence',
      { of: 'confidence', model: 1 },
      true,
      [1, 2, 4, 5, 6],
    ],
  ] as const)('sorts by %s', (_, field, isDescending, rows) => {
    expect(found({ sort: { field, isDescending } })).toEqual(rows)
  })

  it.each([
    [{ of: 'column', column: 0 }, '>=3', [1, 5]],
    [{ of: 'column', column: 0 }, '=', [4]],
    [{ of: 'column', column: 1 }, 'ROW', [2, 4, 6]],
    [{ of: 'column', column: 1 }, '=', [5]],
    [{ of: 'truth' }, '=a', [1, 5]],
    [{ of: 'answer', model: 1 }, 'other', [5]],
    [{ of: 'confidence', model: 0 }, '<0.65', [4, 5]],
    [{ of: 'row' }, '2..4', [2, 4]],
    [null, 'other', [5]],
    [null, '3', [5]],
    [null, 'row', [2, 4, 6]],
  ] as const)('filters %j by %s', (field, text, rows) => {
    expect(found({ conditions: [{ field, text }] })).toEqual(rows)
  })

  it('joins conditions with the view', () => {
    const conditions = [
      { field: { of: 'column', column: 1 }, text: 'row 2' },
      { field: { of: 'column', column: 0 }, text: '1' },
    ] as const
    expect(found({ conditions })).toEqual([6])
    expect(found({ conditions, view: { kind: 'all-wrong' } })).toEqual([])
  })

  it('reads the cells asked for, window by window', () => {
    const fields: RowField[] = [
      { of: 'row' },
      { of: 'truth' },
      { of: 'answer', model: 2 },
      { of: 'confidence', model: 0 },
      { of: 'column', column: 0 },
      { of: 'column', column: 1 },
      { of: 'column', column: 7 },
      { of: 'error', model: 0 },
    ]
    const window = table.window(ALL, fields, 2, 2)
    expect(window).toMatchObject({ matched: 5, offset: 2 })
    expect(
      window.rows.map(({ cells }) =>
        cells.map((cell) => (typeof cell === 'number' ? Math.fround(cell) : cell)),
      ),
    ).toEqual([
      [4, 'c', 'b', Math.fround(0.4), null, 'row 2', null, null],
      [5, 'a', 'other', Math.fround(0.6), 3, null, null, null],
    ])
    expect(window.rows.map(({ isRight }) => isRight)).toEqual([
      [false, false, false],
      [false, false, false],
    ])
  })

  it('H66 writes the rows found as CSV, safe in spreadsheets', () => {
    const risky = tableOf(
      datasetOf({ note: ['=1+1', 'a,b', null] }),
      { kind: 'classification', classes: Int32Array.of(0, 1, 2) },
      [classified('m', [0, 1, 0])],
    )
    const fields: RowField[] = [
      { of: 'row' },
      { of: 'column', column: 0 },
      { of: 'answer', model: 0 },
    ]
    const parts = rowsCsv(
      risky,
      risky.find({ ...ALL, sort: { field: { of: 'row' }, isDescending: true } }),
      fields,
      ['row', 'note', 'm'],
    )
    expect(parts.join('')).toBe('row,note,m\r\n3,,a\r\n2,"a,b",b\r\n1,\'=1+1,a\r\n')
  })
})

describe('ExploredTable of a regression', () => {
  const values = tableOf(
    datasetOf({ x: [1, 2, 3, 4] }),
    { kind: 'regression', values: Float64Array.of(10, 20, 30, 40) },
    [valued('m', [11, 20, 25, 40]), valued('n', [8, 20, 29, 50])],
  )
  const rowsBy = (query: Partial<RowQuery>) =>
    values.window({ ...ALL, ...query }, [], 0, 9).rows.map(({ tableRow }) => tableRow)

  it('orders by the largest difference and the largest error', () => {
    const field = (of: 'spread' | 'worst-error'): RowField => ({ of })
    expect(rowsBy({ sort: { field: field('spread'), isDescending: true } })).toEqual([4, 3, 1, 2])
    expect(rowsBy({ sort: { field: field('worst-error'), isDescending: true } })).toEqual([
      4, 3, 1, 2,
    ])
    expect(rowsBy({ sort: { field: { of: 'error', model: 0 }, isDescending: false } })).toEqual([
      3, 2, 4, 1,
    ])
  })

  it('tells closer models, and rows on which answers differ', () => {
    expect(values.answers.counts).toEqual({
      differ: 3,
      anyWrong: 0,
      allWrong: 0,
      only: [
        [0, 2],
        [1, 0],
      ],
    })
    expect(rowsBy({ view: { kind: 'only', right: 0, wrong: 1 } })).toEqual([1, 4])
    expect(rowsBy({ view: { kind: 'differ' } })).toEqual([1, 3, 4])
  })

  it('reads differences and errors of a row', () => {
    const fields: RowField[] = [
      { of: 'truth' },
      { of: 'error', model: 1 },
      { of: 'spread' },
      { of: 'worst-error' },
    ]
    expect(values.window(ALL, fields, 2, 1).rows[0]).toEqual({
      tableRow: 3,
      cells: [30, -1, 4, 5],
      isRight: null,
    })
  })
})
