import * as v from 'valibot'
import { contentHash } from '../core/content-hash'
import type { DatasetInfo } from '../core/dataset'
import { formatQuantity } from '../core/format'
import { isEveryRow } from '../core/row-choice'
import type { SetupChoices } from './choices-within'
import { keptSetupSchema } from './kept-setup'

/** What was chosen for a data set in place of what Bakeoff proposes. */
export interface Recipe {
  readonly choices: SetupChoices
  /** Name of a model; null: as proposed. */
  readonly baseline: string | null
  /** Of random samples. */
  readonly seed: number
}

export const recipeSchema = v.object({
  choices: keptSetupSchema.entries.choices,
  baseline: keptSetupSchema.entries.baseline,
  seed: keptSetupSchema.entries.settings.entries.seed,
})

/** Reads what an earlier page, perhaps of another version, has kept; null where it does not fit. */
export function readRecipe(kept: unknown): Recipe | null {
  const parsed = v.safeParse(recipeSchema, kept)
  return parsed.success ? parsed.output : null
}

/**
 * Data sets with the same columns share a recipe, whatever their rows: next month's file is set up like
 * this month's. Whole numbers and others count as one kind of column, for rows decide between them.
 */
export function recipeId({ columns }: DatasetInfo): string {
  const kinds = columns.map(({ name, type, shape = null }) => [
    name,
    type === 'integer' ? 'number' : type,
    shape,
  ])
  return contentHash(new TextEncoder().encode(JSON.stringify(kinds))).slice(0, 32)
}

/** Null where everything is as proposed. */
export function recipeOf(
  choices: SetupChoices,
  baseline: string | null,
  seed: number,
): Recipe | null {
  const { filter = [], sample = null, ...others } = choices
  const chosen: SetupChoices = {
    ...others,
    ...(isEveryRow({ filter, sample }) ? {} : { filter, sample }),
  }
  if (Object.keys(chosen).length === 0 && baseline === null) return null
  return { choices: chosen, baseline, seed }
}

/** Choices of which those that were not made are as in the recipe. */
export function choicesWithRecipe(chosen: SetupChoices, recipe: SetupChoices): SetupChoices {
  const { market, policy, images, mappings = [] } = recipe
  const others = mappings.filter(
    ({ model }) => chosen.mappings?.some((mapping) => mapping.model === model) !== true,
  )
  const all = [...others, ...(chosen.mappings ?? [])]
  return {
    ...recipe,
    ...chosen,
    ...(market !== undefined && { market: { ...market, ...chosen.market } }),
    ...(policy !== undefined && { policy: { ...policy, ...chosen.policy } }),
    ...(images !== undefined && { images: { ...images, ...chosen.images } }),
    ...(all.length > 0 && { mappings: all }),
  }
}

/** What a recipe sets, as short phrases. */
export function recipeParts({ choices, baseline }: Recipe): readonly string[] {
  const { kind, target, features, metric, filter = [], sample, market, policy, windows } = choices
  const { reference, tolerance, images } = choices
  const parts: readonly (readonly [string, boolean])[] = [
    ['task', kind !== undefined],
    ['target', target !== undefined],
    ['features', features !== undefined],
    ['recorded answers', (reference ?? []).length > 0],
    ['tolerance', tolerance !== undefined],
    ['metric', metric !== undefined],
    ['labels that look alike', choices.distinctLabels != null],
    [formatQuantity(filter.length, 'condition'), filter.length > 0],
    ['sample', sample != null],
    ['mapping', (choices.mappings ?? []).length > 0],
    ['images', images !== undefined],
    ['columns of the market', market !== undefined],
    ['trading', policy !== undefined],
    ['windows', windows != null],
    ['baseline', baseline !== null],
  ]
  return parts.flatMap(([part, isSet]) => (isSet ? [part] : []))
}
