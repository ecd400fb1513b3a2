import type { Dataset, DatasetChunk } from '../core/dataset'
import { rowSegments } from './row-segments'

export interface TextBlockRequest {
  /** Dataset row of each used row, rising; null where every row is used. */
  readonly index: Uint32Array | null
  /** Columns (indices) of texts or of whole numbers, in the order in which they are written. */
  readonly columns: readonly number[]
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/** Used rows `start` … `end − 1` of some columns as one row-major list of texts. */
export function buildTextBlock(dataset: Dataset, request: TextBlockRequest): readonly string[] {
  const { index, columns, start, end } = request
  const texts: string[] = []
  for (const { chunk, from, to } of rowSegments(dataset, index, start, end)) {
    const textsOf = columns.map((column) => cellTexts(dataset, chunk, column))
    for (let row = from; row < to; row += 1) {
      const source = (index === null ? row : (index[row] as number)) - chunk.start
      for (const textOf of textsOf) texts.push(textOf(source))
    }
  }
  return texts
}

function cellTexts(
  { dictionaries }: Dataset,
  { columns }: DatasetChunk,
  column: number,
): (row: number) => string {
  const cells = columns[column]
  if (cells === undefined || cells.kind === 'tensor') {
    throw new TypeError('a block of texts is made of texts and whole numbers')
  }
  if (cells.kind === 'numeric') {
    const { values } = cells
    return (row) => String(values[row])
  }
  const { codes } = cells
  const dictionary = dictionaries[column]
  return (row) => dictionary?.[codes[row] ?? -1] ?? ''
}
