import * as v from 'valibot'
import { RECIPE_BYTES } from '../core/caps'
import type { DatasetInfo } from '../core/dataset'
import { displayText, quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatBytes } from '../core/format'
import { recipeSchema, type Recipe } from './recipe'
import type { ReportFile } from './report-file'

const SCHEMA = 'bakeoff.recipe/1'
const SCHEMA_NAME = /^bakeoff\.recipe\/\d{1,9}$/
const ADVICE = 'Choose a recipe that Bakeoff has saved.'

const documentSchema = v.object({ schema: v.literal(SCHEMA), ...recipeSchema.entries })

/** A recipe as a file, named by its data set. */
export function recipeFile(recipe: Recipe, { name }: DatasetInfo): ReportFile {
  const stem = displayText(name, 60).replace(/\.[^.]*$/, '')
  // What no file system takes.
  const safe = stem.replace(/[^\p{L}\p{N}._ -]+/gu, '-')
  return {
    name: `${safe === '' ? 'data' : safe}.recipe.json`,
    type: 'application/json',
    text: `${JSON.stringify({ schema: SCHEMA, dataset: name, ...recipe }, null, 2)}\n`,
  }
}

/** Reads a recipe that was dropped: its size, its version and every field of it are checked. */
export function parseRecipeFile(text: string, fileName: string): Outcome<Recipe> {
  const name = quoted(fileName)
  if (text.length > RECIPE_BYTES) return tooLarge(fileName, text.length)
  const document = parse(text)
  const parsed = v.safeParse(documentSchema, document, { abortEarly: true })
  if (parsed.success) {
    const { choices, baseline, seed } = parsed.output
    return success({ choices, baseline, seed })
  }
  const schema = v.safeParse(v.object({ schema: v.string() }), document)
  if (!schema.success) return failed('setting-invalid', `${name} is no recipe.`, ADVICE)
  const given = schema.output.schema
  if (given !== SCHEMA && SCHEMA_NAME.test(given)) {
    return failed(
      'setting-invalid',
      `${name} is of the schema ${given}; this version of Bakeoff reads ${SCHEMA}.`,
      'Open it with the version of Bakeoff that has saved it, or a later one.',
    )
  }
  const path = v.getDotPath(parsed.issues[0])
  const where = path === null || given !== SCHEMA ? '' : `: ${quoted(path)} does not fit`
  return failed('setting-invalid', `${name} is no recipe${where}.`, ADVICE)
}

/** Reads the file itself, its size first. */
export async function readRecipeFile(file: File): Promise<Outcome<Recipe>> {
  if (file.size > RECIPE_BYTES) return tooLarge(file.name, file.size)
  try {
    return parseRecipeFile(await file.text(), file.name)
  } catch {
    return failed(
      'file-unreadable',
      `${quoted(file.name)} could not be read.`,
      'Check that the file still exists, then drop it again.',
    )
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function tooLarge(fileName: string, bytes: number): Outcome<never> {
  return failed(
    'file-too-large',
    `${quoted(fileName)} has ${formatBytes(bytes)}; a recipe has up to ${formatBytes(RECIPE_BYTES)}.`,
    ADVICE,
  )
}
