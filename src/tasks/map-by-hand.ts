import { columnWidth, type ColumnInfo } from '../core/dataset'
import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { describeValue, type ModelInfo, type ValueInfo } from '../core/model'
import { countOf } from './count-of'
import { matchByName } from './match-by-name'

const NAMES_SHOWN = 3

/** An input with the columns that the user, or for lack of a word their names, gave it. */
export interface HandMappedInput {
  readonly input: ValueInfo
  readonly columns: readonly ColumnInfo[]
}

/**
 * Columns by input as the user set them. Of the inputs left over each gets the feature of its name; a
 * single one without such a feature gets all features that no other input reads.
 */
export function mapByHand(
  model: ModelInfo,
  features: readonly ColumnInfo[],
): Outcome<readonly HandMappedInput[]> {
  const wanted = new Map(model.mapping?.inputs.map(({ input, columns }) => [input, columns]))
  const strange = [...wanted.keys()].find((name) => !model.inputs.some((i) => i.name === name))
  if (strange !== undefined) return noSuchInput(model, strange)
  const byName = new Map(features.map((column) => [column.name, column] as const).reverse())
  const chosen = new Map<string, readonly ColumnInfo[]>()
  for (const [input, names] of wanted) {
    const absent = names.find((name) => !byName.has(name))
    if (absent !== undefined) return noSuchFeature(model, input, absent)
    chosen.set(
      input,
      names.flatMap((name) => byName.get(name) ?? []),
    )
  }
  const used = new Set([...chosen.values()].flat())
  const rest = features.filter((column) => !used.has(column))
  const left = model.inputs.filter(({ name }) => !chosen.has(name))
  const matches = matchByName(
    left.map(({ name }) => name),
    rest.map(({ name }) => name),
  )
  for (const [place, { name }] of left.entries()) {
    const column = rest[matches[place] ?? -1]
    if (column !== undefined) chosen.set(name, [column])
    else if (left.length === 1 && rest.length > 0) chosen.set(name, rest)
  }
  const open = model.inputs.filter(({ name }) => !chosen.has(name))
  if (open.length > 0) return unmapped(model, open)
  return success(model.inputs.map((input) => ({ input, columns: chosen.get(input.name) ?? [] })))
}

/** What an input wants beside what it was given. */
export function handMismatch(
  model: ModelInfo,
  { input, columns }: HandMappedInput,
): Outcome<never> {
  const width = columns.reduce((sum, column) => sum + columnWidth(column), 0)
  return failed(
    'input-shape',
    `${model.fileName} wants ${describeValue(input)} at ${quoted(input.name)}, and the columns mapped to it give ${countOf(width, 'number')} per row.`,
    ADVICE,
  )
}

const ADVICE = 'Change the mapping on the card of the model (--map in the command).'

function noSuchInput(model: ModelInfo, name: string): Outcome<never> {
  const message = `${model.fileName} has no input ${quoted(name)}; its inputs are ${listed(model.inputs)}.`
  return failed('setting-invalid', message, ADVICE)
}

function noSuchFeature(model: ModelInfo, input: string, column: string): Outcome<never> {
  const message = `${quoted(column)}, mapped to ${quoted(input)} of ${model.fileName}, is no feature.`
  return failed('feature-absent', message, `Choose ${quoted(column)} under Features.`)
}

function unmapped(model: ModelInfo, open: readonly ValueInfo[]): Outcome<never> {
  const message = `Nothing is mapped to ${listed(open)} of ${model.fileName}.`
  return failed('input-shape', message, ADVICE)
}

function listed(inputs: readonly ValueInfo[]): string {
  const shown = inputs.slice(0, NAMES_SHOWN).map(({ name }) => quoted(name))
  const more = inputs.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${String(more)} more` : shown.join(', ')
}
