import type { Dataset } from '../core/dataset'
import { rowSegments } from './row-segments'

/** The target of the used rows, nothing missing. */
export type TargetColumn =
  | { readonly name: string; readonly kind: 'numeric'; readonly values: Float64Array }
  | {
      readonly name: string
      readonly kind: 'text'
      readonly codes: Int32Array
      /** Text of each code; it may hold texts that no used row has. */
      readonly dictionary: readonly string[]
    }

/**
 * @param column no tensor
 * @param index dataset row of each used row, rising; null where every row is used
 */
export function targetColumn(
  dataset: Dataset,
  index: Uint32Array | null,
  column: number,
): TargetColumn {
  const name = dataset.info.columns[column]?.name ?? ''
  const rows = index?.length ?? dataset.info.rows
  const dictionary = dataset.dictionaries[column] ?? null
  if (dictionary === null) {
    const values = new Float64Array(rows)
    gather(dataset, index, column, values)
    return { name, kind: 'numeric', values }
  }
  const codes = new Int32Array(rows)
  gather(dataset, index, column, codes)
  return { name, kind: 'text', codes, dictionary }
}

function gather(
  dataset: Dataset,
  index: Uint32Array | null,
  column: number,
  target: Float64Array | Int32Array,
): void {
  for (const { chunk, from, to } of rowSegments(dataset, index, 0, target.length)) {
    const cells = chunk.columns[column]
    if (cells === undefined || cells.kind === 'tensor') throw new RangeError('no such column')
    const source = cells.kind === 'numeric' ? cells.values : cells.codes
    for (let row = from; row < to; row += 1) {
      const position = (index === null ? row : (index[row] as number)) - chunk.start
      target[row] = source[position] as number
    }
  }
}
