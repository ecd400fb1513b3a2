import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/core/dataset'
import type { RowChoice } from '../../../src/core/row-choice'
import { contentHash } from '../../../src/core/content-hash'
import { selectRows, type RowSelection } from '../../../src/tasks/select-rows'
import { makeDataset } from './make-dataset'

const EVERY: RowChoice = { filter: [], sample: null, seed: 0 }
const dataset = makeDataset([
  ['a', [1, 2, null, 4, 5, 6]],
  ['__proto__', ['x', 'Y', 'xy', null, 'x', 'z']],
  ['date', ['2024-01-03', '2024-01-01', '2024-01-06', '2024-01-05', '2024-01-01', '2024-01-04']],
])

function selected(choice: Partial<RowChoice>, columns: readonly number[] = []): RowSelection {
  const outcome = selectRows(dataset, columns, { ...EVERY, ...choice })
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

const rowsOf = (choice: Partial<RowChoice>, columns?: readonly number[]) => [
  ...(selected(choice, columns).index ?? Array(dataset.info.rows).keys()),
]

describe('selectRows', () => {
  it('keeps no index where every row is used', () => {
    expect(selectRows(dataset, [2])).toEqual({
      ok: true,
      value: { rows: 6, index: null, droppedRows: 0, droppedBy: [], chosen: null },
    })
    expect(selected({})).toMatchObject({ index: null, chosen: null })
  })

  it.each<[string | null, string, readonly number[]]>([
    ['a', '>2', [3, 4, 5]],
    ['a', '=', [2]],
    ['__proto__', 'x', [0, 2, 4]],
    ['__proto__', '=X', [0, 4]],
    ['__proto__', '!=', [0, 1, 2, 4, 5]],
    [null, 'z', [5]],
    [null, '2024-01-05', [3]],
    ['a', '9..10', []],
  ])('filters by column %j and %j', (column, text, rows) => {
    expect(rowsOf({ filter: [{ column, text }] })).toEqual(rows)
  })

  it('wants every condition to hold, and passes over an empty one', () => {
    const filter = [
      { column: 'a', text: '>1' },
      { column: '__proto__', text: 'x' },
    ]
    expect(rowsOf({ filter: [...filter, { column: 'a', text: ' ' }] })).toEqual([4])
  })

  it('says which column a filter asks for in vain', () => {
    expect(
      selectRows(dataset, [], { ...EVERY, filter: [{ column: 'toString', text: '1' }] }),
    ).toMatchObject({
      ok: false,
      failure: { code: 'feature-absent', message: expect.stringContaining('"toString"') as string },
    })
  })

  it('looks for any column among numbers and texts, and refuses a column of arrays', () => {
    const values = Float32Array.of(1, NaN, 3, 4)
    const tensors: Dataset = {
      info: {
        ...{ ...dataset.info, rows: 2 },
        columns: [
          { name: 'image', type: 'tensor', missing: 1, distinct: 0, shape: [2] },
          { name: 'label', type: 'integer', missing: 0, distinct: 2 },
        ],
      },
      chunks: [
        {
          ...{ start: 0, rows: 2 },
          columns: [
            { kind: 'tensor', values, width: 2 },
            { kind: 'numeric', values: Float64Array.of(1, 3) },
          ],
        },
      ],
      dictionaries: [null, null],
    }
    const filterBy = (column: string | null, text: string) =>
      selectRows(tensors, [0, 1], { ...EVERY, filter: [{ column, text }] })
    expect(filterBy(null, '3')).toMatchObject({ value: { index: Uint32Array.of(1) } })
    // The row without a value is filtered out: it was not dropped for missing one.
    expect(filterBy('label', '3')).toMatchObject({ value: { rows: 1, droppedRows: 0 } })
    expect(filterBy('label', '<9')).toMatchObject({ value: { rows: 1, droppedRows: 1 } })
    expect(filterBy('image', '3')).toMatchObject({ failure: { code: 'setting-invalid' } })
  })

  it('filters first, then drops rows with missing values, then samples', () => {
    const selection = selected(
      {
        filter: [
          { column: 'a', text: '!=5' },
          { column: null, text: '2024-' },
        ],
        sample: { kind: 'first', rows: 2 },
      },
      [0, 1],
    )
    expect([...(selection.index ?? [])]).toEqual([0, 1])
    expect(selection).toMatchObject({
      ...{ rows: 2, droppedRows: 1, droppedBy: [{ column: '__proto__', rows: 1 }] },
      chosen: { tableRows: 6, matchedRows: 4, completeRows: 3 },
    })
    const bytes = new Uint8Array(Uint32Array.of(0, 1).buffer)
    expect(selection.chosen?.sha256).toBe(contentHash(bytes))
  })

  it('takes the most recent rows by the column of times, the later row of two of one time', () => {
    expect(rowsOf({ sample: { kind: 'recent', rows: 3 } })).toEqual([2, 3, 5])
    expect(rowsOf({ sample: { kind: 'recent', rows: 5 } })).toEqual([0, 2, 3, 4, 5])
    expect(selected({ sample: { kind: 'recent', rows: 3 } }).chosen?.sample?.by).toBe('date')
  })

  it('takes the last rows where no time can be read', () => {
    const timeless = makeDataset([
      ['a', [1, 2, 3, 4]],
      ['date', ['soon', '2024-01-09', '2024-01-01', '2024-01-02']],
    ])
    const choice: RowChoice = { ...EVERY, sample: { kind: 'recent', rows: 2 } }
    expect(selectRows(timeless, [0], choice)).toMatchObject({
      value: { index: Uint32Array.of(2, 3), chosen: { sample: { by: null } } },
    })
  })

  it('takes all where the sample asks for more', () => {
    for (const kind of ['first', 'random', 'recent'] as const) {
      expect(rowsOf({ sample: { kind, rows: 9 } }, [0])).toEqual([0, 1, 3, 4, 5])
    }
  })

  it('draws the same rows with the same seed, and every row equally often', () => {
    const sample = { kind: 'random', rows: 2 } as const
    const counts = new Map<number, number>()
    const seeds = 2_000
    for (let seed = 0; seed < seeds; seed += 1) {
      const rows = rowsOf({ sample, seed })
      expect(rows).toEqual(rows.toSorted((one, other) => one - other))
      expect(new Set(rows).size).toBe(2)
      for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1)
    }
    expect(rowsOf({ sample, seed: 7 })).toEqual(rowsOf({ sample, seed: 7 }))
    const expected = (seeds * 2) / 6
    const deviation = Math.sqrt(seeds * (1 / 3) * (2 / 3))
    expect([...counts.keys()].toSorted()).toEqual([0, 1, 2, 3, 4, 5])
    for (const count of counts.values()) {
      expect(Math.abs(count - expected)).toBeLessThan(5 * deviation)
    }
  })
})
