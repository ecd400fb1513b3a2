import { CellCache, UNKNOWN } from './cell-cache'
import { CARRIAGE_RETURN, CellReader, LINE_FEED, QUOTE } from './cell-reader'
import type { Reading } from './column-builder'
import { isAmbiguousComma, parseNumber, type DecimalMark } from './parse-number'

/** What a column of plain rows is read as; null where it is left out. */
export interface PlainColumn {
  readonly reading: Reading | null
  /** Whether it is known already how its numbers are written: with points, with decimal commas. */
  readonly hasMark: boolean
  /** Code of a text, −1 where it stands for a missing value. */
  readonly codeOf: ((cell: string) => number) | null
}

/** A number that float64 cannot hold as it is written. */
export interface OddNumber {
  readonly row: number
  readonly column: number
  readonly value: number
  readonly cell: string
  readonly line: number
}

export interface PlainRows {
  readonly rows: number
  readonly blankLines: number
  /** Row-major, valid until the next rows are read: numbers (NaN where missing) or codes. */
  readonly values: Float64Array
  /** By column: whether some number is written with the mark of its reading, and surely so. */
  readonly hasMark: Uint8Array
  readonly oddNumbers: readonly OddNumber[]
  /** Of the text and of its lines. */
  readonly consumed: number
  readonly lines: number
  /** Whether what follows is for the general reader, and no mere part of a row. */
  readonly isOdd: boolean
}

const encoder = new TextEncoder()

/**
 * Reads rows from bytes, making a text only of what is new or strange. It stops before the first row
 * that is not as the columns have it: too short or too long, with text after a closing quote, with a
 * lone CR, with a text among numbers. The general reader takes that one and says what is odd. What is
 * read here is what that would have read.
 */
export class PlainRowReader {
  private bytes = new Uint8Array(0)
  private values = new Float64Array(0)
  private readonly cache = new CellCache()

  constructor(private readonly delimiter: string) {}

  /** Reads the whole rows at the start of `text`; `line` is the line in which it starts. */
  read(text: string, columns: readonly PlainColumn[], line: number): PlainRows {
    const length = this.encode(text)
    const end = this.bytes.subarray(0, length).lastIndexOf(LINE_FEED) + 1
    // A cell takes one byte at least, its delimiter.
    if (this.values.length < end) this.values = new Float64Array(this.bytes.length)
    this.cache.readFrom(this.bytes)
    const slice = { text, bytes: this.bytes, end, delimiter: this.delimiter.charCodeAt(0) }
    return new RowWalk(slice, columns, this.values, this.cache).walk(line)
  }

  private encode(text: string): number {
    // As long as the text where every character is ASCII.
    if (this.bytes.length < text.length) this.bytes = new Uint8Array(text.length * 2)
    const { read, written } = encoder.encodeInto(text, this.bytes)
    if (read === text.length) return written
    this.bytes = new Uint8Array(text.length * 3)
    return encoder.encodeInto(text, this.bytes).written
  }
}

interface Slice {
  readonly text: string
  readonly bytes: Uint8Array
  /** Of the bytes of its whole lines. */
  readonly end: number
  readonly delimiter: number
}

class RowWalk {
  private readonly text: string
  private readonly bytes: Uint8Array
  private readonly end: number
  private readonly delimiter: number
  private readonly reader: CellReader
  private readonly hasMark: Uint8Array
  private readonly oddNumbers: OddNumber[] = []
  private rows = 0
  private blankLines = 0
  private filled = 0
  private line = 0

  constructor(
    { text, bytes, end, delimiter }: Slice,
    private readonly columns: readonly PlainColumn[],
    private readonly values: Float64Array,
    private readonly cache: CellCache,
  ) {
    this.text = text
    this.bytes = bytes
    this.end = end
    this.delimiter = delimiter
    this.reader = new CellReader(bytes, end, delimiter)
    this.hasMark = Uint8Array.from(columns, ({ hasMark }) => (hasMark ? 1 : 0))
  }

  walk(firstLine: number): PlainRows {
    const { reader, end } = this
    let start = 0
    let shift = 0
    this.line = firstLine
    while (start < end && this.readRow()) {
      start = reader.at
      ;({ shift } = reader)
      this.line = firstLine + this.rows + this.blankLines + reader.breaks
    }
    return {
      rows: this.rows,
      blankLines: this.blankLines,
      values: this.values,
      hasMark: this.hasMark,
      oddNumbers: this.oddNumbers.filter(({ row }) => row < this.rows),
      consumed: start - shift,
      lines: this.line - firstLine,
      isOdd: start === 0 || (start < end && !reader.isUnfinished),
    }
  }

  private readRow(): boolean {
    const { reader, bytes, columns, delimiter } = this
    const start = reader.at
    if (this.endRow()) {
      this.blankLines += 1
      return true
    }
    this.filled = this.rows * columns.length
    for (let column = 0; column < columns.length; column += 1) {
      if (column > 0 && bytes[reader.at++] !== delimiter) return false
      if (!this.readCell(columns[column] as PlainColumn, column)) return false
    }
    // In a table of one column, a row of an empty text is a blank line.
    const isBlank = columns.length === 1 && bytes[start] === QUOTE && reader.at === start + 2
    if (isBlank || !this.endRow()) return false
    this.rows += 1
    return true
  }

  /** Goes over a line break, if one comes. */
  private endRow(): boolean {
    const { reader, bytes } = this
    const at = bytes[reader.at] === CARRIAGE_RETURN ? reader.at + 1 : reader.at
    if (bytes[at] !== LINE_FEED) return false
    reader.at = at + 1
    return true
  }

  private readCell({ reading, codeOf }: PlainColumn, column: number): boolean {
    if (reading === 'text' && codeOf !== null) return this.readText(codeOf, column)
    if (reading === null || reading === 'text') {
      this.filled += 1
      return this.reader.skip()
    }
    return this.readNumber(reading, column)
  }

  private readNumber(mark: DecimalMark, column: number): boolean {
    const { reader } = this
    const { at: start, shift } = reader
    if (!reader.readNumber(mark)) return this.readStrange(mark, column)
    if (reader.hasMark && this.hasMark[column] === 0) {
      if (mark === 'comma' && isAmbiguousComma(this.cell(start, shift)))
        return this.put(reader.value)
      this.hasMark[column] = 1
    }
    return this.put(reader.value)
  }

  /** A cell of a column of numbers that is no plain number. */
  private readStrange(mark: DecimalMark, column: number): boolean {
    const { reader } = this
    const { at: start, shift } = reader
    if (!reader.skip()) return false
    const cell = this.cell(start, shift)
    const value = parseNumber(cell, mark)
    if (value === null) return false
    if (!Number.isNaN(value)) {
      const isMarked = mark === 'point' ? cell.includes('.') : cell.includes(',')
      if (isMarked && (mark === 'point' || !isAmbiguousComma(cell))) this.hasMark[column] = 1
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
        this.oddNumbers.push({ row: this.rows, column, value, cell, line: this.line })
      }
    }
    return this.put(value)
  }

  private readText(codeOf: (cell: string) => number, column: number): boolean {
    const { reader, cache } = this
    const { at: start, shift } = reader
    if (!reader.skip()) return false
    const { at: end, hash } = reader
    if (start === end) return this.put(-1)
    const known = cache.find(start, end, hash, column)
    if (known !== UNKNOWN) return this.put(known)
    const code = codeOf(this.cell(start, shift))
    cache.keep(start, end, hash, column, code)
    return this.put(code)
  }

  /** The cell that was gone over from byte `start`, without its quotes. */
  private cell(start: number, shift: number): string {
    const { text, reader, bytes } = this
    const isQuoted = bytes[start] === QUOTE ? 1 : 0
    const cell = text.slice(start - shift + isQuoted, reader.at - reader.shift - isQuoted)
    return isQuoted === 1 && reader.hasDoubled ? cell.replaceAll('""', '"') : cell
  }

  private put(value: number): true {
    this.values[this.filled++] = value
    return true
  }
}
