import { columnWidth, type ColumnInfo } from '../core/dataset'
import { failed, type Outcome } from '../core/failure'
import { describeShape, describeValue, type ModelInfo, type ValueInfo } from '../core/model'
import { countOf } from './count-of'
import { matchByName } from './match-by-name'
import { quoted } from '../core/display-text'

const NAMES_SHOWN = 3

/** The failure of a model that the features cannot feed, with both shapes side by side. */
export function inputMismatch(
  model: ModelInfo,
  features: readonly ColumnInfo[],
  available: number,
): Outcome<never> {
  const [single] = model.inputs
  if (single === undefined) {
    return failed(
      'input-shape',
      `${model.fileName} has no input.`,
      'Export the model with the features as its input.',
    )
  }
  const arrays = features.filter(({ shape }) => shape !== undefined)
  if (arrays.length > 0) return arrayMismatch(model, features, arrays)
  const have =
    features.length === available
      ? `the data has ${countOf(available, 'numeric column')}`
      : `${countOf(features.length, 'feature')} ${features.length === 1 ? 'is' : 'are'} chosen`
  if (model.inputs.length > 1) return severalInputs(model, features, have)
  const wanted = wantedFeatures(single)
  if (wanted === null) {
    return failed(
      'input-shape',
      `${model.fileName} wants rows of the shape ${describeShape(single.shape)}, ${have}.`,
      'Choose as many features as fill that shape.',
    )
  }
  return failed(
    'input-shape',
    `${model.fileName} wants ${countOf(wanted, 'feature')} (${describeValue(single)}), ${have}.`,
    adviceFor(wanted, features.length, available),
  )
}

/** What arrays give beside what the inputs take: each shape as its file writes it. */
function arrayMismatch(
  model: ModelInfo,
  features: readonly ColumnInfo[],
  arrays: readonly ColumnInfo[],
): Outcome<never> {
  const inputs = model.inputs
    .slice(0, NAMES_SHOWN)
    .map((input) => `${quoted(input.name)} as ${describeValue(input)}`)
  const columns = arrays
    .slice(0, NAMES_SHOWN)
    .map(({ name, shape }) => `${quoted(name)} is ${describeShape(shape ?? [])}`)
  const more = features.length - columns.length
  const beside = more > 0 ? `, beside ${countOf(more, 'other feature')}` : ''
  return failed(
    'input-shape',
    `${model.fileName} reads ${inputs.join(', ')}, and one row of ${columns.join(', of ')}${beside}.`,
    arrayAdvice(model, features),
  )
}

function arrayAdvice({ inputs }: ModelInfo, features: readonly ColumnInfo[]): string {
  const [input] = inputs
  const width = features.reduce((sum, column) => sum + columnWidth(column), 0)
  if (inputs.length > 1) return 'Name each array like the input that reads it.'
  if (input !== undefined && wantedFeatures(input) === width) {
    return 'The axes stand in another order: save the array with the axes of the model, as numpy.moveaxis makes them.'
  }
  return features.length > 1
    ? 'Leave all but the array that the model reads out under Features.'
    : 'Use data of the size that the model reads, or export the model for this size.'
}

/** Numbers in one row, the first axis being the batch; null where an axis is free or unknown. */
function wantedFeatures(input: ValueInfo): number | null {
  if (input.shape === null) return null
  const row = input.shape.length > 1 ? input.shape.slice(1) : input.shape
  let product = 1
  for (const dimension of row) {
    if (typeof dimension !== 'number' || dimension < 0) {
      // A lone free axis is a batch of single numbers.
      if (input.shape.length === 1) return 1
      return null
    }
    product *= dimension
  }
  return product
}

function adviceFor(wanted: number, chosen: number, available: number): string {
  if (wanted < chosen) return `Leave out ${countOf(chosen - wanted, 'column')} under Features.`
  const missing = wanted - chosen
  const columns = missing === 1 ? 'the missing column' : `the ${String(missing)} missing columns`
  if (available >= wanted) return `Pick ${columns} under Features.`
  return `Pick ${columns} under Features; a column that holds text or is the target does not count.`
}

function severalInputs(
  model: ModelInfo,
  features: readonly ColumnInfo[],
  have: string,
): Outcome<never> {
  const names = model.inputs.map((input) => input.name)
  const matches = matchByName(
    names,
    features.map((column) => column.name),
  )
  const unmatched = model.inputs.filter((_, position) => matches[position] === -1)
  if (unmatched.length === 0) {
    const shapes = model.inputs.slice(0, NAMES_SHOWN).map(describeValue).join(', ')
    return failed(
      'input-shape',
      `${model.fileName} has ${String(names.length)} inputs (${shapes}) that do not take one number each, ${have}.`,
      'Map columns to them on the card of the model (--map in the command).',
    )
  }
  const shown = unmatched.slice(0, NAMES_SHOWN).map((input) => quoted(input.name))
  const more = unmatched.length - shown.length
  const list = `${shown.join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`
  return failed(
    'input-shape',
    `${model.fileName} has ${String(names.length)} inputs, ${have}, and no feature is named ${list}.`,
    'Pick the columns of these names under Features, or map columns to them on the card of the model (--map in the command).',
  )
}
