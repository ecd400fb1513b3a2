import type { Failure } from '../core/failure'
import { guessDelimiter } from './guess-delimiter'
import { RowSplitter } from './row-splitter'
import type { TableBuilder } from './table-builder'
import type { TextStream } from './text-stream'

/** Hands all rows of a text to the table, slice by slice; null when done, or what ended it. */
export async function scanRows(
  stream: Pick<TextStream, 'next'>,
  fileName: string,
  /** Longest row, in UTF-16 units. */
  rowCap: number,
  table: TableBuilder,
): Promise<Failure | null> {
  let splitter: RowSplitter | undefined
  for (;;) {
    const slice = await stream.next(() => splitter?.nextLine ?? 1)
    if (!slice.ok) return slice.failure
    const { text, isLast } = slice.value
    splitter ??= new RowSplitter(fileName, guessDelimiter(text, isLast), rowCap)
    const columns = table.plainColumns
    const plain = columns === null ? null : splitter.pushPlain(text, columns)
    if (plain !== null) {
      const failure = table.appendPlain(plain)
      if (failure !== null) return failure
      if (!plain.isOdd && !isLast) continue
    }
    const batch = splitter.push(plain === null ? text : '', isLast)
    if (!batch.ok) return batch.failure
    const failure = table.append(batch.value)
    if (failure !== null || isLast) return failure
  }
}
