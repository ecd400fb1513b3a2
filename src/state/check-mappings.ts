import { quoted } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import type { ModelInfo, ModelMapping } from '../core/model'
import { splitNames } from '../core/split-names'
import { withMapping, type NamedMapping } from './model-mappings'

/** `MODEL:INPUT=COLUMN,…` and `MODEL:OUTPUT`, as the command takes them. */
export interface MappingOptions {
  readonly maps: readonly string[]
  readonly outputs: readonly string[]
}

/**
 * Reads mappings against the models that are there: their names, and those of inputs and outputs, may
 * hold colons and equals signs, so the longest name that fits counts.
 */
export function checkMappings(
  { maps, outputs }: MappingOptions,
  models: readonly ModelInfo[],
): Outcome<readonly NamedMapping[]> {
  let mappings: readonly NamedMapping[] = []
  for (const [option, texts] of [['map', maps] as const, ['output', outputs] as const]) {
    for (const text of texts) {
      const found = findModel(text, models)
      if (found === null) return wrong(option, text, 'no model that is here', names(models))
      const { model, rest } = found
      const before = mappings.find((mapping) => mapping.model === model.name) ?? NOTHING
      const mapping =
        option === 'map' ? withInput(model, before, rest) : withOutput(model, before, rest)
      if (!mapping.ok) return mapping
      mappings = withMapping(mappings, model.name, mapping.value)
    }
  }
  return success(mappings)
}

const NOTHING: ModelMapping = { inputs: [], output: null }

function findModel(text: string, models: readonly ModelInfo[]) {
  const fitting = models.flatMap((model) =>
    [model.name, model.fileName]
      .filter((name) => text.startsWith(`${name}:`))
      .map((name) => ({ model, rest: text.slice(name.length + 1), length: name.length })),
  )
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null
}

function withInput(model: ModelInfo, before: ModelMapping, rest: string): Outcome<ModelMapping> {
  const input = longest(model.inputs.filter(({ name }) => rest.startsWith(`${name}=`)))
  if (input === null) return wrong('map', rest, 'no input of the model', names(model.inputs))
  const columns = splitNames(rest.slice(input.length + 1))
  if (columns === null || columns.length === 0) {
    const takes = 'It takes column names between commas, a name with a comma in double quotes.'
    return failed('setting-invalid', `--map gives ${quoted(input)} no columns.`, takes)
  }
  const others = before.inputs.filter((other) => other.input !== input)
  return success({ ...before, inputs: [...others, { input, columns }] })
}

function withOutput(model: ModelInfo, before: ModelMapping, rest: string): Outcome<ModelMapping> {
  return model.outputs.some(({ name }) => name === rest)
    ? success({ ...before, output: rest })
    : wrong('output', rest, 'no output of the model', names(model.outputs))
}

function longest(values: readonly { readonly name: string }[]): string | null {
  return values.map(({ name }) => name).sort((a, b) => b.length - a.length)[0] ?? null
}

function names(values: readonly { readonly name: string }[]): string {
  return values
    .slice(0, 5)
    .map(({ name }) => quoted(name))
    .join(', ')
}

function wrong(option: string, given: string, what: string, there: string): Outcome<never> {
  const form = option === 'map' ? 'MODEL:INPUT=COLUMN,…' : 'MODEL:OUTPUT'
  return failed(
    'setting-invalid',
    `--${option} names ${what}: ${quoted(given)}.`,
    `It takes ${form}; there ${there === '' ? 'is nothing to name' : `is ${there}`}.`,
  )
}
