import { describe, expect, it } from 'vitest'
import type { AutomationSettings } from '../../../src/core/automation'
import { checkRecipe } from '../../../src/state/check-recipe'
import { choicesWithRecipe, type Recipe } from '../../../src/state/recipe'
import { recipeFile } from '../../../src/state/recipe-file'
import { settingsWithRecipe } from '../../../src/state/settings-with-recipe'
import { datasetOf, modelOf } from './context'

const dataset = datasetOf(['a', 'b', 'label'])
const models = [modelOf('champion'), modelOf('challenger')]
const recipe: Recipe = {
  choices: { target: 'label', features: ['b', 'a'], filter: [{ column: 'a', text: '>1' }] },
  baseline: 'champion',
  seed: 7,
}
const nothing: AutomationSettings = {
  ...{ kind: null, metric: null, target: null, features: null, reference: null, tolerance: null },
  ...{ filter: null, sample: null, baseline: null, policy: null, windows: null, evaluation: {} },
}

function check(given: Recipe, baseline: string | null = null) {
  const { name: fileName, text } = recipeFile(given, dataset)
  return checkRecipe({ baseline, recipe: { fileName, text } }, dataset, models)
}

describe('checkRecipe', () => {
  it('takes one whose columns and baseline are here', () => {
    expect(check(recipe)).toEqual({ ok: true, value: recipe })
    expect(checkRecipe({ baseline: null }, dataset, models)).toEqual({ ok: true, value: null })
  })

  it.each([
    [{ features: ['a', 'c'] }, '"c"'],
    [{ target: 'toString' }, '"toString"'],
    [{ filter: [{ column: 'd', text: '1' }] }, '"d"'],
    [{ mappings: [{ model: 'm', inputs: [{ input: 'x', columns: ['e'] }], output: null }] }, '"e"'],
    [{ market: { close: 'f', observations: ['g'] } }, '"f" and "g"'],
    [{ reference: ['1', '2', '3', '4', '5', '6'] }, '"1", "2", "3", "4" and 2 more'],
  ])('refuses %j: data.csv does not have %s', (choices, named) => {
    const outcome = check({ ...recipe, choices })
    expect(!outcome.ok && outcome.failure.message).toBe(
      `"data.recipe.json" names ${named}, which data.csv does not have.`,
    )
  })

  it('refuses a baseline that is not here, unless another is given', () => {
    const other = { ...recipe, baseline: 'gone' }
    const outcome = check(other)
    expect(!outcome.ok && outcome.failure.message).toBe(
      'The baseline of "data.recipe.json" is "gone", which is not among the models.',
    )
    expect(check(other, 'champion').ok).toBe(true)
  })
})

describe('a recipe beside settings', () => {
  it('fills what was not given', () => {
    const settings = settingsWithRecipe(
      { ...nothing, features: ['a'], evaluation: { backend: 'wasm' } },
      recipe,
    )
    expect(settings).toEqual({
      ...{ ...nothing, target: 'label', features: ['a'], baseline: 'champion' },
      evaluation: { seed: 7, backend: 'wasm' },
    })
    const seeded = { ...nothing, baseline: 'challenger', evaluation: { seed: 1 } }
    expect(settingsWithRecipe(seeded, recipe)).toMatchObject({
      baseline: 'challenger',
      evaluation: { seed: 1 },
    })
  })

  it('keeps conditions, and the mappings of other models', () => {
    const mapping = (model: string, output: string) => ({ model, inputs: [], output })
    const choices = {
      ...{ mappings: [mapping('m', 'x'), mapping('n', 'y')], market: { close: 'a' } },
      images: { channels: 'bgr', width: 8 },
    } as const
    const chosen = {
      ...{ mappings: [mapping('n', 'z')], market: { time: 'b' } },
      images: { width: 16 },
    }
    expect(choicesWithRecipe(chosen, { ...recipe.choices, ...choices })).toEqual({
      ...recipe.choices,
      market: { close: 'a', time: 'b' },
      images: { channels: 'bgr', width: 16 },
      mappings: [mapping('m', 'x'), mapping('n', 'z')],
    })
  })
})
