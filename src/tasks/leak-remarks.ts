import type { ColumnInfo, Dataset } from '../core/dataset'
import { quoted } from '../core/display-text'
import { formatCount, formatQuantity } from '../core/format'
import { countRepeatedRows, countSharedRows } from './count-repeated-rows'
import { targetColumn } from './target-column'

/** Columns that say by their name that each row has a value of its own. */
const ID = /^(id|uid|uuid|guid|row_?id|.+_id)$/i
const SPLIT = /^(split|set|subset|fold|partition|part|dataset)$/i
const TRAIN = /^train/i
const TEST = /^(test|val|valid|validation|dev|holdout|hold-out)/i

/**
 * Sentences on columns that are no features: an id that several rows have, and rows of a test split
 * that stand in the training split too.
 * @param compared features and target, none of them a tensor
 */
export function leakRemarks(
  dataset: Dataset,
  index: Uint32Array | null,
  compared: readonly number[],
): readonly string[] {
  return dataset.info.columns.flatMap((column, place) => {
    if (compared.includes(place) || column.type === 'tensor') return []
    if (ID.test(column.name)) return repeatedIds(dataset, index, column, place)
    if (SPLIT.test(column.name)) return sharedRows(dataset, index, compared, place)
    return []
  })
}

function repeatedIds(
  dataset: Dataset,
  index: Uint32Array | null,
  { name, type, missing }: ColumnInfo,
  place: number,
): readonly string[] {
  // Missing ones equal each other.
  if (type === 'number' || missing > 0) return []
  const { repeated } = countRepeatedRows(dataset, index, [place])
  if (repeated === 0) return []
  return [
    `${formatQuantity(repeated, 'row has', 'rows have')} an id in ${quoted(name)} that an earlier row has: check that the rows are what you count.`,
  ]
}

function sharedRows(
  dataset: Dataset,
  index: Uint32Array | null,
  compared: readonly number[],
  place: number,
): readonly string[] {
  const split = targetColumn(dataset, index, place)
  if (split.kind === 'numeric') return []
  const parts = split.dictionary.map((text) => (TRAIN.test(text) ? 0 : TEST.test(text) ? 1 : 2))
  const shared = countSharedRows(dataset, index, compared, (row) => {
    return parts[split.codes[row] ?? -1] ?? 2
  })
  if (shared === 0) return []
  return [
    `${formatCount(shared)} test ${shared === 1 ? 'row stands' : 'rows stand'} in the training rows too, says ${quoted(split.name)}: a model that was trained on them is flattered.`,
  ]
}
