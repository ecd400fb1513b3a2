import { describe, expect, it } from 'vitest'
import { countRepeatedRows } from '../../../src/tasks/count-repeated-rows'
import { rowRemarks } from '../../../src/tasks/row-remarks'
import { makeDataset, type Cell } from './make-dataset'

const remarks = (table: readonly (readonly [string, readonly Cell[]])[], index?: Uint32Array) =>
  rowRemarks(
    makeDataset(table),
    index ?? null,
    table.length - 1,
    table.slice(1).map((_, column) => column),
  )

describe('rowRemarks', () => {
  it('G63 counts rows that repeat an earlier one, of numbers and texts, among the used rows', () => {
    const table = [
      ['a', [1, 2, 1, 1, -0, 0]],
      ['b', ['x', 'y', 'x', 'y', 'z', 'z']],
      ['t', [7, 8, 7, 9, 1, 1]],
    ] as const
    expect(remarks(table)).toEqual([
      '2 rows repeat an earlier one in the features and the target, of 6: repeated rows count each time, and rows that a model was trained on flatter it.',
    ])
    expect(remarks(table, Uint32Array.of(0, 1, 3, 4, 5))[0]).toMatch(/^1 row repeats .* of 5:/)
    expect(remarks(table, Uint32Array.of(0, 1, 3))).toEqual([])
  })

  it('G63 names a feature that is the target itself', () => {
    const table = [
      ['copy', [3, 1, 2]],
      ['other', [3, 1, 4]],
      ['t', [3, 1, 2]],
    ] as const
    expect(remarks(table)).toEqual([
      'The feature "copy" equals the target in every row: a model that reads it has nothing to predict.',
    ])
  })

  it('G63 counts ids that several rows have, in columns that are no features', () => {
    const columns: readonly (readonly [string, readonly Cell[]])[] = [
      ['a', [1, 2, 3, 4]],
      ['user_id', ['x', 'y', 'x', 'x']],
      ['weight', [5, 5, 5, 5]],
      ['t', [0, 1, 0, 1]],
    ]
    const sentences = (ids: readonly Cell[]) =>
      rowRemarks(makeDataset(columns.toSpliced(1, 1, ['user_id', ids])), null, 3, [0])
    expect(sentences(['x', 'y', 'x', 'x'])).toEqual([
      '2 rows have an id in "user_id" that an earlier row has: check that the rows are what you count.',
    ])
    expect(sentences([7, 8, 9, 7])[0]).toMatch(/^1 row has an id/)
    expect(sentences(['x', 'y', 'z', 'w'])).toEqual([])
    expect(rowRemarks(makeDataset(columns), null, 3, [0, 1])).toEqual([])
  })

  it('G63 counts test rows that stand among the training rows', () => {
    const columns = [
      ['a', [1, 2, 1, 2, 3, 4]],
      ['split', ['train', 'train', 'test', 'validation', 'test', 'other']],
      ['t', [0, 1, 0, 0, 0, 1]],
    ] as const
    expect(rowRemarks(makeDataset(columns), null, 2, [0])).toContain(
      '1 test row stands in the training rows too, says "split": a model that was trained on them is flattered.',
    )
    // Among the used rows alone.
    const used = Uint32Array.of(1, 2, 4)
    expect(rowRemarks(makeDataset(columns), used, 2, [0])).toEqual([])
  })
})

describe('countRepeatedRows', () => {
  it('takes no two different rows of many for one', () => {
    const n = 60_000
    const numbers = Array.from({ length: n }, (_, i) => i / 8)
    const dataset = makeDataset(
      [
        ['a', numbers],
        ['b', numbers.map((_, i) => i % 97)],
      ],
      n,
    )
    expect(countRepeatedRows(dataset, null, [0, 1])).toEqual({ rows: n, repeated: 0 })
    expect(countRepeatedRows(dataset, null, [1]).repeated).toBe(n - 97)
  })

  it('looks at a million rows at most, and at fewer of a wide table', () => {
    const wide = makeDataset([['a', Array.from({ length: 2000 }, () => 1)]], 2000)
    const columns = Array.from({ length: 16_384 }, () => 0)
    expect(countRepeatedRows(wide, null, columns)).toEqual({ rows: 1024, repeated: 1023 })
  })
})
