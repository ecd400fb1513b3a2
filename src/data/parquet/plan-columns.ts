import type { FileMetaData, SchemaTree } from 'hyparquet'
import { parquetSchema } from 'hyparquet'
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js'
import { CAPS } from '../../core/caps'
import { Refusal } from '../../core/refusal'
import { corruptTable, decodeStep } from '../columnar/corrupt-table'
import { leftOut } from '../columnar/left-out'
import type { Levels } from './read-page'
import { meaningOf, type Meaning } from './value-cells'

/** A column of the table that is read. */
export interface PlannedColumn {
  readonly name: string
  /** Which column chunk of a row group holds it. */
  readonly leaf: number
  readonly element: SchemaTree['element']
  readonly levels: Levels
  readonly meaning: Exclude<Meaning, { kind: 'refused' }>
  /** Whether each row holds a list of numbers. */
  readonly isList: boolean
}

export interface ColumnPlan {
  readonly columns: readonly PlannedColumn[]
  /** One sentence for each column that is left out. */
  readonly warnings: readonly string[]
}

/** Which columns of a file are read and how; what no model can read is left out by name. */
export function planColumns(metadata: FileMetaData): ColumnPlan {
  const root = decodeStep('the schema', () => parquetSchema(metadata))
  if (metadata.schema.some(({ name }) => (name as unknown) === undefined)) {
    throw corruptTable('is damaged: a column without a name')
  }
  if (root.count !== metadata.schema.length) throw corruptTable('is damaged: its schema is no tree')
  if (root.children.length > CAPS.columns.value) throw tooWide(root.children.length)
  const columns: PlannedColumn[] = []
  const warnings: string[] = []
  let leaf = 0
  for (const child of root.children) {
    const { name } = child.element
    const planned = planColumn(root, child, leaf)
    if (typeof planned === 'string') warnings.push(leftOut(name, planned))
    else columns.push(planned)
    leaf += leavesOf(child)
  }
  if (columns.length === 0) {
    throw new Refusal(
      'data-malformed',
      'has no column that can be read',
      'Save numbers and texts as columns of their own.',
    )
  }
  return { columns, warnings }
}

/** The column, or what it holds that is not read. */
function planColumn(root: SchemaTree, child: SchemaTree, leaf: number): PlannedColumn | string {
  const path = pathToOnlyLeaf(root, child)
  if (path === null)
    return child.element.converted_type === 'MAP' ? 'maps' : 'records of several fields'
  const { element } = path.at(-1) ?? child
  const levels = {
    maxDefinition: getMaxDefinitionLevel(path),
    maxRepetition: getMaxRepetitionLevel(path),
  }
  const meaning = meaningOf(element)
  if (meaning.kind === 'refused') return meaning.what
  const isList = levels.maxRepetition > 0
  if (levels.maxRepetition > 1) return 'lists of lists'
  if (isList && meaning.kind !== 'number') return 'lists of texts or times'
  if (!isList && path.length > 2) return 'records of several fields'
  return { name: child.element.name, leaf, element, levels, meaning, isList }
}

function pathToOnlyLeaf(root: SchemaTree, child: SchemaTree): SchemaTree[] | null {
  const path = [root, child]
  for (let node = child; node.children.length > 0;) {
    const [only, ...others] = node.children
    if (only === undefined || others.length > 0) return null
    path.push(only)
    node = only
  }
  return path
}

function leavesOf(node: SchemaTree): number {
  if (node.children.length === 0) return 1
  return node.children.reduce((sum, child) => sum + leavesOf(child), 0)
}

function tooWide(columns: number): Refusal {
  return new Refusal(
    'file-too-large',
    `has ${String(columns)} columns; ${String(CAPS.columns.value)} is the most`,
    'Keep only the columns that the models read and the target.',
  )
}
