import type { DatasetInfo } from '../core/dataset'
import { joinNames } from '../core/split-names'
import { displayText } from '../core/display-text'
import type { ModelInfo, ModelMapping } from '../core/model'

/** How one model is mapped, by its shown name: ids do not outlive the page. */
export interface NamedMapping extends ModelMapping {
  readonly model: string
}

/** Models with what the user set of their inputs and outputs, and a sentence that says so. */
export function withMappings(
  models: readonly ModelInfo[],
  mappings: readonly NamedMapping[],
): readonly ModelInfo[] {
  if (mappings.length === 0) return models
  return models.map((info) => {
    const mapping = mappings.find(({ model }) => model === info.name)
    if (mapping === undefined) return info
    return { ...info, mapping, warnings: [...info.warnings, describeMapping(mapping)] }
  })
}

/** Columns that are mapped by hand to these models are features too, last where they were none. */
export function withMappedColumns(
  features: readonly string[],
  models: readonly ModelInfo[],
  mappings: readonly NamedMapping[] = [],
): readonly string[] {
  const names = new Set(models.map(({ name }) => name))
  const used = mappings.filter(({ model }) => names.has(model))
  const mapped = used.flatMap(({ inputs }) => inputs.flatMap(({ columns }) => columns))
  return [...new Set([...features, ...mapped])]
}

/** What was chosen, with the mapping of one model replaced. */
export function choicesWithMapping<T extends { readonly mappings?: readonly NamedMapping[] }>(
  choices: T,
  model: string,
  mapping: ModelMapping,
): Omit<T, 'mappings'> & { readonly mappings?: readonly NamedMapping[] } {
  const { mappings = [], ...others } = choices
  const next = withMapping(mappings, model, mapping)
  return next.length > 0 ? { ...others, mappings: next } : others
}

/** The mappings with one of them replaced; one that sets nothing is left out. */
export function withMapping(
  mappings: readonly NamedMapping[],
  model: string,
  mapping: ModelMapping,
): readonly NamedMapping[] {
  const others = mappings.filter((other) => other.model !== model)
  const sets = mapping.inputs.length > 0 || mapping.output !== null
  return sets ? [...others, { model, ...mapping }] : others
}

/** Those whose columns the dataset has. */
export function mappingsWithin(
  mappings: readonly NamedMapping[],
  dataset: DatasetInfo,
): readonly NamedMapping[] {
  const names = new Set(dataset.columns.map(({ name }) => name))
  return mappings.filter(({ inputs }) =>
    inputs.every(({ columns }) => columns.every((column) => names.has(column))),
  )
}

function describeMapping({ inputs, output }: ModelMapping): string {
  const parts = inputs.map(
    ({ input, columns }) =>
      `${displayText(input, 40)} reads ${displayText(joinNames(columns), 80)}`,
  )
  if (output !== null) parts.push(`the answer is ${displayText(output, 40)}`)
  return `Mapped by hand: ${parts.join('; ')}.`
}
