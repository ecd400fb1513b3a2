import { TEXT_CHARACTERS, TEXTS } from '../core/caps'
import { ChunkedValues } from './chunked-values'
import type { ColumnBuilder } from './column-builder'
import type { Chunking } from './room/chunking'
import { isMissing } from './parse-number'
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
  private readonly codeOf = new Map<string, number>()

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
    for (const row of batch.rows) {
      const cell = row[column] ?? ''
      if (isMissing(cell)) {
        this.missing++
        this.codes.push(-1)
      } else {
        this.codes.push(this.codeOf.get(cell) ?? this.add(cell))
      }
    }
    return null
  }

  private add(cell: string): number {
    const text = ownCopy(cell)
    const code = this.dictionary.push(text) - 1
    this.codeOf.set(text, code)
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
