import { TEXT_CHARACTERS, TEXTS } from '../core/caps'
import { ChunkedValues } from './chunked-values'
import type { ColumnBuilder } from './column-builder'
import type { Chunking } from './room/chunking'
import { isMissing } from './parse-number'
import type { PlainRows } from './plain-rows'
import type { RowBatch } from './row-splitter'

/** What all dictionaries of a file share, so that memory stays bounded. */
export class DictionaryBudget {
  texts = TEXTS
  characters = TEXT_CHARACTERS

  get isSpent(): boolean {
    return this.texts < 0 || this.characters < 0
  }
}

/** A column of texts in the making: codes into a dictionary in order of first appearance. */
export class TextColumn implements ColumnBuilder {
  readonly reading = 'text'
  readonly codes: ChunkedValues<Int32Array<ArrayBuffer>>
  readonly dictionary: string[] = []
  missing = 0
  private readonly known = new Map<string, number>()

  constructor(
    private readonly budget: DictionaryBudget,
    chunking: Chunking,
  ) {
    this.codes = new ChunkedValues(chunking, (length) => new Int32Array(length))
  }

  drop(): void {
    this.codes.drop()
  }

  append(batch: RowBatch, column: number): null {
    for (const row of batch.rows) this.push(this.codeOf(row[column] ?? ''))
    return null
  }

  /** Takes one column of rows of codes that {@link codeOf} gave. */
  appendPlain({ values, rows }: PlainRows, column: number, width: number): void {
    for (let index = column; index < rows * width; index += width) {
      this.push(values[index] as number)
    }
  }

  /** −1 for what stands for a missing value. */
  codeOf(cell: string): number {
    return isMissing(cell) ? -1 : (this.known.get(cell) ?? this.add(ownCopy(cell)))
  }

  private push(code: number): void {
    if (code === -1) this.missing++
    this.codes.push(code)
  }

  /** {@link codeOf} for a cell that most likely is new: its text is hashed once, not as a piece too. */
  codeOfNew(cell: string): number {
    if (isMissing(cell)) return -1
    const text = ownCopy(cell)
    return this.known.get(text) ?? this.add(text)
  }

  /** `text` must have memory of its own. */
  private add(text: string): number {
    const code = this.dictionary.push(text) - 1
    this.known.set(text, code)
    this.budget.texts--
    this.budget.characters -= text.length
    return code
  }
}

/**
 * V8 keeps a piece of a long string as a view that holds the whole of it alive: a megabyte of the
 * file for each new text. Joining and cutting makes a string with memory of its own.
 */
export function ownCopy(text: string): string {
  return ` ${text}`.slice(1)
}
