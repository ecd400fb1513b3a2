import type { Dataset } from '../core/dataset'
import { quoted } from '../core/display-text'
import { formatCount } from '../core/format'
import { countRepeatedRows } from './count-repeated-rows'
import { leakRemarks } from './leak-remarks'
import { rowSegments } from './row-segments'
import { targetColumn, type TargetColumn } from './target-column'

const LABELS_NAMED = 3
const LABEL_LENGTH = 60

/**
 * Sentences on rows that may deceive: repeated ones, a feature that is the target itself, labels
 * that differ in their spelling alone.
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
  sentences.push(...alikeLabels(targetColumn(dataset, index, target)))
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

/** Texts such as "yes" beside " Yes", or "1" beside "1.0", which a class each is made of. */
function alikeLabels(target: TargetColumn): readonly string[] {
  if (target.kind === 'numeric') return []
  const counts = new Map<number, number>()
  for (const code of target.codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  const groups = new Map<string, number[]>()
  for (const code of counts.keys()) {
    const plain = plainLabel(target.dictionary[code] ?? '')
    groups.set(plain, [...(groups.get(plain) ?? []), code])
  }
  const alike = [...groups.values()].filter((codes) => codes.length > 1)
  const [first] = alike
  if (first === undefined) return []
  const named = first.slice(0, LABELS_NAMED).map((code) => {
    return `${shown(target.dictionary[code] ?? '')} (${formatCount(counts.get(code) ?? 0)})`
  })
  const more = alike.length > 1 ? `, and ${String(alike.length - 1)} more such groups` : ''
  return [
    `Labels of ${quoted(target.name)} that look alike are classes of their own: ${named.join(', ')}${more}. Write them alike if they mean the same.`,
  ]
}

function plainLabel(text: string): string {
  const plain = text.trim().toLowerCase()
  const value = Number(plain)
  return plain === '' || Number.isNaN(value) ? plain : String(value + 0)
}

/** With its spaces to be seen, for they may be what tells it apart. */
function shown(text: string): string {
  return quoted(text.slice(0, LABEL_LENGTH).replaceAll(' ', '␣'))
}
