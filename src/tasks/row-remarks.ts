import type { Dataset } from '../core/dataset'
import { quoted } from '../core/display-text'
import { formatCount } from '../core/format'
import { countRepeatedRows } from './count-repeated-rows'
import { leakRemarks } from './leak-remarks'
import { rowSegments } from './row-segments'

/**
 * Sentences on rows that may deceive: repeated ones, a feature that is the target itself.
 * @param index dataset row of each used row, rising; null where every row is used
 */
export function rowRemarks(
  dataset: Dataset,
  index: Uint32Array | null,
  target: number,
  features: readonly number[],
): readonly string[] {
  const isPlain = (column: number): boolean => dataset.info.columns[column]?.type !== 'tensor'
  const sentences: string[] = []
  if (features.every(isPlain) && isPlain(target)) {
    sentences.push(...repeatedRemark(dataset, index, [...features, target]))
    sentences.push(...leakRemarks(dataset, index, [...features, target]))
  }
  const equal = features.filter((feature) => equalsTarget(dataset, index, feature, target))
  for (const feature of equal) {
    const name = quoted(dataset.info.columns[feature]?.name ?? '')
    sentences.push(
      `The feature ${name} equals the target in every row: a model that reads it has nothing to predict.`,
    )
  }
  return sentences
}

function repeatedRemark(
  dataset: Dataset,
  index: Uint32Array | null,
  columns: readonly number[],
): readonly string[] {
  const { rows, repeated } = countRepeatedRows(dataset, index, columns)
  if (repeated === 0) return []
  const of = rows < (index?.length ?? dataset.info.rows) ? 'the first ' : ''
  const what = repeated === 1 ? 'row repeats' : 'rows repeat'
  return [
    `${formatCount(repeated)} ${what} an earlier one in the features and the target, of ${of}${formatCount(rows)}: repeated rows count each time, and rows that a model was trained on flatter it.`,
  ]
}

function equalsTarget(
  dataset: Dataset,
  index: Uint32Array | null,
  feature: number,
  target: number,
): boolean {
  const rows = index?.length ?? dataset.info.rows
  for (const { chunk, from, to } of rowSegments(dataset, index, 0, rows)) {
    const [a, b] = [chunk.columns[feature], chunk.columns[target]]
    if (a?.kind !== 'numeric' || b?.kind !== 'numeric') return false
    const [one, other] = [a.values, b.values]
    for (let row = from; row < to; row += 1) {
      const position = (index === null ? row : (index[row] as number)) - chunk.start
      if (one[position] !== other[position]) return false
    }
  }
  return rows > 1
}
