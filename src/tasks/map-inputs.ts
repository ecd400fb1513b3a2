import type { ColumnInfo } from '../core/dataset'
import { failed, success, type Outcome } from '../core/failure'
import { describeValue, type ModelInfo, type TensorType, type ValueInfo } from '../core/model'
import { countOf } from './count-of'
import { elementType } from './element-type'
import { inputMismatch } from './input-mismatch'
import { handMismatch, mapByHand } from './map-by-hand'
import { matchByName } from './match-by-name'
import { quoted } from '../core/display-text'
import { fitRowShape } from './fit-row-shape'

/** One model input and the columns that feed it. */
export interface MappedInput {
  readonly input: string
  readonly type: TensorType
  readonly columns: readonly ColumnInfo[]
  /** Dimensions of one row, after the batch axis. */
  readonly rowShape: readonly number[]
  readonly hasBatchAxis: boolean
}

export interface InputMapping {
  readonly inputs: readonly MappedInput[]
  /** The only batch size that the model takes, or null where the batch axis is free. */
  readonly fixedBatch: number | null
}

/**
 * Finds how feature columns feed a model: one tensor of all of them, flat or image-shaped, or one
 * input per column. Columns go to several inputs by name, never by position, or as the user mapped them.
 * @param features in the order that models read them
 * @param available columns of numbers that could be features, for the message
 */
export function mapInputs(
  model: ModelInfo,
  features: readonly ColumnInfo[],
  available: number,
): Outcome<InputMapping> {
  const unreadable = model.inputs.find(
    ({ isTensor, type }) => !isTensor || (type !== 'string' && elementType(type) === null),
  )
  if (unreadable !== undefined) return typeFailure(model, unreadable)
  if ((model.mapping?.inputs ?? []).length > 0) return mapInputsByHand(model, features)
  const [single] = model.inputs
  const assigned =
    model.inputs.length === 1 && single !== undefined
      ? (feed(single, features) ?? feedByName(model, features))
      : feedByName(model, features)
  if (assigned === null || assigned.length === 0) return inputMismatch(model, features, available)
  return kindMismatch(model, assigned) ?? agreeOnBatch(model, assigned)
}

function mapInputsByHand(model: ModelInfo, features: readonly ColumnInfo[]): Outcome<InputMapping> {
  const byHand = mapByHand(model, features)
  if (!byHand.ok) return byHand
  const assigned: AssignedInput[] = []
  for (const mapped of byHand.value) {
    const fed = feed(mapped.input, mapped.columns)
    if (fed === null) return handMismatch(model, mapped)
    assigned.push(...fed)
  }
  return kindMismatch(model, assigned) ?? agreeOnBatch(model, assigned)
}

interface AssignedInput extends MappedInput {
  readonly fixedBatch: number | null
}

function feed(input: ValueInfo, columns: readonly ColumnInfo[]): AssignedInput[] | null {
  const shape = fitRowShape(input.shape, columns)
  return shape === null ? null : [{ input: input.name, type: input.type, columns, ...shape }]
}

function feedByName(model: ModelInfo, features: readonly ColumnInfo[]): AssignedInput[] | null {
  const matches = matchByName(
    model.inputs.map((input) => input.name),
    features.map((column) => column.name),
  )
  const assigned: AssignedInput[] = []
  for (const [position, input] of model.inputs.entries()) {
    const column = features[matches[position] ?? -1]
    const mapped = column === undefined ? null : feed(input, [column])
    if (mapped === null) return null
    assigned.push(...mapped)
  }
  return assigned
}

/** Texts go to inputs of texts, numbers to inputs of numbers; a whole number is one text alone. */
function kindMismatch(model: ModelInfo, inputs: readonly MappedInput[]): Outcome<never> | null {
  for (const { input, type, columns } of inputs) {
    const unfit = type === 'string' ? ['number', 'tensor'] : ['text']
    const column = columns.find((candidate) => unfit.includes(candidate.type))
    if (column === undefined) continue
    const name = quoted(column.name)
    return type === 'string'
      ? failed(
          'input-dtype',
          `${model.fileName} reads texts at ${quoted(input)}, and the feature ${name} holds ${column.type === 'tensor' ? 'arrays' : 'fractions'}.`,
          `Leave ${name} out under Features.`,
        )
      : failed(
          'input-dtype',
          `${model.fileName} reads numbers, and the feature ${name} is text.`,
          `Leave ${name} out under Features, or write it as numbers in the file.`,
        )
  }
  return null
}

function agreeOnBatch(model: ModelInfo, inputs: readonly AssignedInput[]): Outcome<InputMapping> {
  const sizes = new Set(inputs.map((input) => input.fixedBatch).filter((size) => size !== null))
  if (sizes.size > 1) {
    return failed(
      'input-shape',
      `${model.fileName} has inputs of different fixed batch sizes: ${[...sizes].join(', ')}.`,
      'Export the model with one batch size, or with a free batch axis.',
    )
  }
  const [fixedBatch = null] = sizes
  return success({ inputs, fixedBatch })
}

function typeFailure(model: ModelInfo, input: ValueInfo): Outcome<never> {
  const more = model.inputs.length > 1 ? ` (one of ${countOf(model.inputs.length, 'input')})` : ''
  return failed(
    'input-dtype',
    `${model.fileName} reads ${quoted(input.name)}${more} as ${describeValue(input)}, which cannot be fed from a table.`,
    'Export the model with inputs of numbers or texts.',
  )
}
