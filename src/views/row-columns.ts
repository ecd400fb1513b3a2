import { tensorText } from '../core/dataset'
import { displayText } from '../core/display-text'
import type { KeptRows, RowCell, RowField, RowSort } from '../core/exploration'
import { formatCount, formatDistance, formatFixed, UNDEFINED_FIGURE } from '../core/format'
import type { ResultRows } from '../state/result-rows'

/** One column of the table of rows. */
export interface RowColumn {
  readonly id: string
  readonly field: RowField
  /** Whole, for lists, files and readers. */
  readonly label: string
  /** In the head of the table, beside the model's mark. */
  readonly head: string
  /** Place of the model in {@link KeptRows.modelIds}; null for what is no model's. */
  readonly model: number | null
  /** Index of the model's colour. */
  readonly colour: number | null
  readonly align: 'start' | 'end'
  /** False for tensors: rows are neither found nor put in order by them. */
  readonly isComparable: boolean
  /** In pixels. */
  readonly width: number
  /** Of answered numbers and what follows from them, so that a column aligns on the point. */
  readonly decimals: number
}

/** A model as the table names and paints it. */
export interface NamedModel {
  readonly name: string
  readonly colour: number
}

/** Fields that hold numbers whatever the task. */
const NUMBERS: ReadonlySet<RowField['of']> = new Set<RowField['of']>([
  ...(['row', 'confidence', 'difference', 'expected', 'given', 'worst-difference'] as const),
])
const NARROWEST = 76
const WIDEST = 190
const PADDING = 40
const CHARACTER = 7.6
const CONFIDENCE_DECIMALS = 3

/** The models whose rows are kept, in the order of their places. */
export function namedModels(
  { modelNames }: ResultRows,
  colours: ReadonlyMap<string, number>,
): readonly NamedModel[] {
  return modelNames.map((name) => ({ name, colour: colours.get(name) ?? 0 }))
}

export function fieldId(field: RowField): string {
  if ('model' in field) return `${field.of} ${String(field.model)}`
  return 'column' in field ? `column ${String(field.column)}` : field.of
}

export function rowColumns(
  fields: readonly RowField[],
  kept: KeptRows,
  models: readonly NamedModel[],
  decimals: number,
): readonly RowColumn[] {
  return fields.map((field) => {
    const model = 'model' in field ? field.model : null
    const named = model === null ? undefined : models[model]
    const own = field.of === 'column' ? kept.columns[field.column] : undefined
    const head = own === undefined ? headOf(field, named, kept) : displayText(own.name)
    const label = named === undefined || field.of === 'answer' ? head : `${named.name} ${head}`
    const isNumber =
      own === undefined
        ? kept.kind === 'regression' || NUMBERS.has(field.of)
        : own.type !== 'text' && own.type !== 'tensor'
    const cell = own?.shape === undefined ? '' : tensorText(own.shape)
    const shown = Math.max(head.length + (named === undefined ? 0 : 3), cell.length)
    return {
      ...{ id: fieldId(field), field, label, head, model, decimals, colour: named?.colour ?? null },
      align: isNumber ? 'end' : 'start',
      isComparable: own?.type !== 'tensor',
      width: Math.round(Math.min(WIDEST, Math.max(NARROWEST, shown * CHARACTER + PADDING))),
    }
  })
}

function headOf(field: RowField, model: NamedModel | undefined, { kind }: KeptRows): string {
  if (kind === 'parity' && field.of === 'truth') return 'Reference'
  if (field.of === 'answer') return model?.name ?? 'Answer'
  const heads: Readonly<Record<string, string>> = {
    row: 'Row',
    truth: 'Truth',
    confidence: 'confidence',
    error: 'error',
    spread: 'Largest difference',
    'worst-error': 'Largest error',
    'worst-difference': 'Largest difference',
    difference: 'difference',
    place: 'furthest at',
    expected: 'reference there',
    given: 'answer there',
  }
  return heads[field.of] ?? ''
}

export function cellText({ field, decimals }: RowColumn, cell: RowCell): string {
  const { of } = field
  if (cell === null) return UNDEFINED_FIGURE
  if (typeof cell === 'string') return displayText(cell)
  if (of === 'row') return formatCount(cell)
  if (of === 'difference' || of === 'worst-difference') return formatDistance(cell)
  if (of === 'expected' || of === 'given') return formatNumber(cell)
  if (of === 'confidence') return cell.toFixed(CONFIDENCE_DECIMALS)
  // What the data says stays as it is.
  if (of === 'column' || of === 'truth') return String(cell).replace('-', '\u2212')
  return formatFixed(cell, decimals)
}

/** As many digits as float32 holds. */
function formatNumber(value: number): string {
  return String(Number(value.toPrecision(7))).replace('-', '\u2212')
}

/** Sorting starts with what stands out: the largest error, the surest answer. */
export function nextSort(sort: RowSort | null, field: RowField): RowSort {
  const isSame = sort !== null && fieldId(sort.field) === fieldId(field)
  const startsDescending = [
    ...['confidence', 'error', 'spread', 'worst-error', 'difference', 'worst-difference'],
  ].includes(field.of)
  return { field, isDescending: isSame ? !sort.isDescending : startsDescending }
}
