import { DISTINCT_CAP, type ColumnInfo } from '../core/dataset'
import type { ModelInfo } from '../core/model'
import { namedColumns } from './named-columns'
import { looksLikeTarget } from './propose-target'
import { readsTexts } from './reads-texts'

/**
 * Sets of columns that could be the features, in the order of the file, likeliest first: columns
 * that models name; each tensor by itself; all numeric ones, with or without row numbers and second
 * targets; those of one numbered family (`px0`, `px1`, …); texts, where a model reads texts. Empty where
 * no column serves.
 * @param columns all but the target
 */
export function proposeFeatures(
  columns: readonly ColumnInfo[],
  models: readonly ModelInfo[],
  rows: number,
): readonly (readonly ColumnInfo[])[] {
  const numeric = columns.filter(({ type }) => type !== 'text')
  const named = namedColumns(columns, models)
  const withoutRowNumbers = numeric.filter((column) => !isRowNumber(column))
  const features = withoutRowNumbers.filter((column) => !looksLikeTarget(column))
  const hasSureRowNumber = numeric.some((column) => isRowNumber(column) && isUnique(column, rows))
  const all = hasSureRowNumber ? [withoutRowNumbers, numeric] : [numeric, withoutRowNumbers]
  const sets = [
    columns.filter((column) => named.has(column)),
    ...numeric.filter(({ type }) => type === 'tensor').map((column) => [column]),
    ...all,
    features,
    largestFamily(numeric),
    ...(models.some(readsTexts) ? [columns.filter(({ type }) => type === 'text')] : []),
  ]
  return sets.filter((set) => set.length > 0)
}

/** Row numbers and record ids, by name; `Unnamed: 0` is how pandas writes its index. */
function isRowNumber({ name, type }: ColumnInfo): boolean {
  return (
    type === 'integer' &&
    /^(|#|id|idx|index|row|row.?(id|no|number|index)|unnamed.*|.*[_ ]id)$/i.test(name.trim())
  )
}

function isUnique({ distinct }: ColumnInfo, rows: number): boolean {
  return distinct === Math.min(rows, DISTINCT_CAP)
}

/** Columns that share a name but for the number at its end. */
function largestFamily(columns: readonly ColumnInfo[]): readonly ColumnInfo[] {
  const families = new Map<string, ColumnInfo[]>()
  for (const column of columns) {
    const stem = stemOf(column.name)
    if (stem === column.name) continue
    const family = families.get(stem)
    if (family === undefined) families.set(stem, [column])
    else family.push(column)
  }
  let largest: readonly ColumnInfo[] = []
  for (const family of families.values()) if (family.length > largest.length) largest = family
  return largest
}

/** A name without the digits at its end; a loop, since a regular expression would be quadratic. */
function stemOf(name: string): string {
  let end = name.length
  while (end > 0 && /\d/.test(name.charAt(end - 1))) end -= 1
  return name.slice(0, end)
}
