import { describe, expect, it } from 'vitest'
import type { ChosenRows } from '../../../src/core/row-choice'
import { describeRows } from '../../../src/report/describe-rows'

const all: ChosenRows = {
  ...{ tableRows: 1_797, filter: [], matchedRows: 1_797, completeRows: 1_797, sample: null },
  sha256: '',
}
const filtered: ChosenRows = {
  ...all,
  filter: [
    { column: 'age', text: '>30' },
    { column: null, text: 'new' },
  ],
  ...{ matchedRows: 629, completeRows: 600 },
}

describe('describeRows', () => {
  it.each<[number, number, ChosenRows | null, string]>([
    [1_790, 7, null, '1,790 used, 7 left out'],
    [
      ...([600, 29, filtered] as const),
      '600 of 1,797 rows: 629 fulfil "age" >30 and any column new, 29 left out for missing values',
    ],
    [
      ...([
        500,
        29,
        { ...filtered, sample: { kind: 'random', rows: 500, seed: 3, by: null } },
      ] as const),
      '500 of 1,797 rows: 629 fulfil "age" >30 and any column new, 29 left out for missing values, 500 of 600 drawn at random with seed 3',
    ],
    [
      ...([9, 0, { ...all, sample: { kind: 'first', rows: 9, seed: null, by: null } }] as const),
      '9 of 1,797 rows: the first 9 of 1,797 taken',
    ],
    [
      ...([9, 0, { ...all, sample: { kind: 'recent', rows: 9, seed: null, by: 'date' } }] as const),
      '9 of 1,797 rows: the most recent 9 of 1,797 by "date" taken',
    ],
    [
      ...([9, 0, { ...all, sample: { kind: 'recent', rows: 9, seed: null, by: null } }] as const),
      '9 of 1,797 rows: the last 9 of 1,797 taken',
    ],
    [
      ...([
        1_797,
        0,
        { ...all, sample: { kind: 'first', rows: 9_999, seed: null, by: null } },
      ] as const),
      '1,797 of 1,797 rows: a sample of 9,999 takes all',
    ],
  ])('says how %i rows were chosen', (rows, droppedRows, chosen, text) => {
    expect(describeRows({ rows, droppedRows, chosen }).replaceAll('\u202f', ',')).toBe(text)
  })
})
