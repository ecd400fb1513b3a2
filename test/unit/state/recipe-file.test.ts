import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RECIPE_BYTES } from '../../../src/core/caps'
import type { Recipe } from '../../../src/state/recipe'
import { parseRecipeFile, readRecipeFile, recipeFile } from '../../../src/state/recipe-file'
import { sortFile } from '../../../src/state/sort-file'
import { datasetOf } from './context'

const recipe: Recipe = {
  choices: {
    target: '__proto__',
    filter: [{ column: 'a', text: '>=30' }],
    sample: { kind: 'random', rows: 500 },
    mappings: [{ model: 'm', inputs: [{ input: 'x', columns: ['a', 'b,"c'] }], output: null }],
    images: { channels: 'bgr', mean: [0.5, 0.5, 0.5] },
  },
  baseline: 'champion',
  seed: 7,
}
const { name, text } = recipeFile(recipe, { ...datasetOf(['a']), name: 'data/ü ="1".tar.csv' })

function failureOf(given: string) {
  const outcome = parseRecipeFile(given, 'r.json')
  return outcome.ok ? null : outcome.failure
}

describe('recipeFile', () => {
  it('is named by its data and comes back as it was saved', async () => {
    expect(name).toBe('data-ü -1-.tar.recipe.json')
    expect(parseRecipeFile(text, name)).toEqual({ ok: true, value: recipe })
    const file = new File([text], name)
    expect(await sortFile(file)).toBe('recipe')
    expect(await readRecipeFile(file)).toEqual({ ok: true, value: recipe })
  })

  it('says which version it is of', () => {
    const failure = failureOf(text.replace('bakeoff.recipe/1', 'bakeoff.recipe/2'))
    expect(failure?.message).toBe(
      '"r.json" is of the schema bakeoff.recipe/2; this version of Bakeoff reads bakeoff.recipe/1.',
    )
  })

  it('names the field that does not fit', () => {
    const failure = failureOf(text.replace('"rows": 500', '"rows": -1'))
    expect(failure?.message).toBe('"r.json" is no recipe: "choices.sample.rows" does not fit.')
  })

  it.each(['', '{', 'null', '[]', '{"schema":1}', '{"schema":"other/1"}'])(
    'refuses %j',
    (given) => {
      expect(failureOf(given)?.message).toBe('"r.json" is no recipe.')
    },
  )

  it('is not read beyond its size', async () => {
    const file = new File([text, ' '.repeat(RECIPE_BYTES)], 'r.json')
    const outcome = await readRecipeFile(file)
    expect(!outcome.ok && outcome.failure.code).toBe('file-too-large')
    expect(failureOf(text + ' '.repeat(RECIPE_BYTES))?.code).toBe('file-too-large')
  })

  it('never throws, whatever was changed in it', () => {
    const change = fc.record({ at: fc.nat(text.length), by: fc.string({ maxLength: 4 }) })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const changed = changes.reduce(
          (was, { at, by }) => was.slice(0, at) + by + was.slice(at + by.length),
          text,
        )
        const outcome = parseRecipeFile(changed, 'r.json')
        expect(outcome.ok || outcome.failure.advice !== '').toBe(true)
      }),
    )
  })
})
