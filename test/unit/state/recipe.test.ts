import { describe, expect, it } from 'vitest'
import type { DatasetInfo } from '../../../src/core/dataset'
import { readRecipe, recipeId, recipeOf, recipeParts } from '../../../src/state/recipe'
import { datasetOf } from './context'

function withTypes(...types: readonly ('integer' | 'number' | 'text')[]): DatasetInfo {
  const names = types.map((_, place) => `c${String(place)}`)
  const info = datasetOf(names)
  return {
    ...info,
    columns: info.columns.map((column, place) => ({ ...column, type: types[place] ?? 'text' })),
  }
}

describe('recipeId', () => {
  it('is one for data sets with the same columns, whatever their rows and bytes', () => {
    const { columns } = datasetOf(['a', 'b'])
    const other: DatasetInfo = {
      ...{ ...datasetOf(['a', 'b']), id: 'e', name: 'next.csv', sha256: '11', rows: 9 },
      columns: columns.map((column) => ({ ...column, missing: 1, distinct: 9 })),
    }
    expect(recipeId(other)).toBe(recipeId(datasetOf(['a', 'b'])))
    expect(recipeId(withTypes('integer', 'text'))).toBe(recipeId(withTypes('number', 'text')))
  })

  it('differs with names, their order, and what columns hold', () => {
    const ids = [
      ...[['a', 'b'], ['b', 'a'], ['a', 'b', 'c'], ['a,b']].map((names) => datasetOf(names)),
      ...[withTypes('text', 'number'), withTypes('number', 'text')],
    ].map(recipeId)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('recipeOf', () => {
  it('keeps nothing where all is as proposed', () => {
    expect(recipeOf({}, null, 0)).toBeNull()
    expect(recipeOf({ filter: [], sample: null }, null, 3)).toBeNull()
  })

  it('comes back as it was kept, and says what it sets', () => {
    const recipe = recipeOf(
      {
        target: '__proto__',
        metric: 'f1Macro',
        filter: [{ column: '__proto__', text: '>1' }],
        sample: { kind: 'random', rows: 500 },
      },
      'champion',
      7,
    )
    const kept: unknown = JSON.parse(JSON.stringify(recipe))
    expect(readRecipe(kept)).toEqual(recipe)
    expect(recipe === null ? [] : recipeParts(recipe)).toEqual([
      ...['target', 'metric', '1 condition', 'sample', 'baseline'],
    ])
  })

  it.each([
    null,
    'recipe',
    { choices: {}, baseline: null },
    { choices: { sample: { kind: 'random', rows: 0 } }, baseline: null, seed: 0 },
    { choices: { filter: [{ column: 'a', text: 'x'.repeat(201) }] }, baseline: null, seed: 0 },
  ])('does not take %j for one', (kept) => {
    expect(readRecipe(kept)).toBeNull()
  })
})
