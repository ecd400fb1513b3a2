import type { DatasetInfo } from '../core/dataset'
import type { SetupChoices } from './choices-within'

/** The columns that choices name and a data set lacks, each once. */
export function absentColumns(choices: SetupChoices, dataset: DatasetInfo): readonly string[] {
  const { target, features = [], reference = [], filter = [], mappings = [], market } = choices
  const { time, open, close, spread, observations = [] } = market ?? {}
  const named = [
    ...[target, time, open, close, spread],
    ...features,
    ...reference,
    ...filter.map(({ column }) => column),
    ...mappings.flatMap(({ inputs }) => inputs.flatMap(({ columns }) => columns)),
    ...observations,
  ]
  const known = new Set(dataset.columns.map(({ name }) => name))
  const absent = named.filter((name) => typeof name === 'string' && !known.has(name))
  return [...new Set(absent as string[])]
}
