import type { AutomationSettings } from '../core/automation'
import type { DatasetInfo } from '../core/dataset'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatList } from '../core/format'
import type { ModelInfo } from '../core/model'
import { absentColumns } from './absent-columns'
import type { Recipe } from './recipe'
import { parseRecipeFile } from './recipe-file'

const COLUMNS_SHOWN = 4

/** The recipe that a program gives, held against what is there; null where it gives none. */
export function checkRecipe(
  { recipe, baseline }: Pick<AutomationSettings, 'recipe' | 'baseline'>,
  dataset: DatasetInfo | null,
  models: readonly ModelInfo[],
): Outcome<Recipe | null> {
  if (recipe === undefined || dataset === null) return success(null)
  const read = parseRecipeFile(recipe.text, recipe.fileName)
  if (!read.ok) return read
  const absent = absentColumns(read.value.choices, dataset)
  const name = quoted(recipe.fileName)
  if (absent.length > 0) {
    const shown = absent.slice(0, COLUMNS_SHOWN).map((column) => quoted(column))
    const rest = absent.length - shown.length
    const list = formatList(rest > 0 ? [...shown, `${String(rest)} more`] : shown)
    return failed(
      'feature-absent',
      `${name} names ${list}, which ${dataset.name} does not have.`,
      'Give the recipe of such data, or leave it out.',
    )
  }
  const { baseline: named } = read.value
  if (baseline === null && named !== null && !models.some((model) => model.name === named)) {
    return failed(
      'setting-invalid',
      `The baseline of ${name} is ${quoted(named)}, which is not among the models.`,
      'Give --baseline NAME, or that model.',
    )
  }
  return read
}
