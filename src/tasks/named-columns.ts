import type { ColumnInfo } from '../core/dataset'
import type { ModelInfo } from '../core/model'
import { matchByName } from './match-by-name'

/** Columns that models with one input per column name, where each of a model's inputs has one. */
export function namedColumns(
  columns: readonly ColumnInfo[],
  models: readonly ModelInfo[],
): ReadonlySet<ColumnInfo> {
  const named = new Set<ColumnInfo>()
  const names = columns.map(({ name }) => name)
  for (const model of models) {
    if (model.inputs.length < 2) continue
    const matches = matchByName(
      model.inputs.map(({ name }) => name),
      names,
    )
    if (matches.includes(-1)) continue
    for (const match of matches) {
      const column = columns[match]
      if (column !== undefined) named.add(column)
    }
  }
  return named
}
