import type { ColumnInfo } from '../core/dataset'
import type { ModelInfo } from '../core/model'
import { namedColumns } from './named-columns'

export interface ProposedTarget {
  readonly column: ColumnInfo
  /** Whether its name says that it is the target. */
  readonly isNamed: boolean
}

/** Names that targets have, the plainest first. */
const TARGET_NAMES = [
  'target',
  'label',
  'labels',
  'class',
  'classes',
  'y',
  'outcome',
  'species',
  'category',
  'response',
]

/** The target by its name, else the last column; never a tensor or a column that a model names as its input. */
export function proposeTarget(
  columns: readonly ColumnInfo[],
  models: readonly ModelInfo[],
): ProposedTarget | null {
  const inputs = namedColumns(columns, models)
  const free = columns.filter((column) => column.type !== 'tensor' && !inputs.has(column))
  for (const name of TARGET_NAMES) {
    const column = free.find((candidate) => isTargetName(candidate.name, name))
    if (column !== undefined) return { column, isNamed: true }
  }
  const last = free.at(-1)
  return last === undefined ? null : { column: last, isNamed: false }
}

/** Whether a column's name is one that targets have. */
export function looksLikeTarget(column: ColumnInfo): boolean {
  return TARGET_NAMES.some((name) => isTargetName(column.name, name))
}

function isTargetName(columnName: string, name: string): boolean {
  return columnName.trim().toLowerCase() === name
}
