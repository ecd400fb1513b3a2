import type { ColumnChunk } from '../../core/dataset'
import { displayText, quoted } from '../../core/display-text'
import { Refusal } from '../../core/refusal'
import { ChunkedValues } from '../chunked-values'
import type { DraftColumn } from '../draft-dataset'
import { isMissing } from '../parse-number'
import { numericChunk, textChunk } from '../room/kept-chunk'
import type { Chunking } from '../room/chunking'
import { TextCodes } from '../text-codes'
import type { DictionaryBudget } from '../text-column'
import { flatNumbers } from './flat-numbers'

/** Beyond these a number in a file was hardly meant as a whole one. */
const LARGEST_INTEGER = 2 ** 64

/** Of a table in the making. */
export interface CellCount {
  /** Numbers or codes that a row takes. */
  perRow: number
  /** Of these, in all rows, that a record gave. */
  present: number
}

/** One field of all records: numbers until a text comes, or arrays of numbers throughout. */
export class RecordColumn {
  /** Said of a column of numbers in which a text came. */
  warning: string | null = null
  readonly #numbers: ChunkedValues<Float64Array<ArrayBuffer>>
  #codes: ChunkedValues<Int32Array<ArrayBuffer>> | null = null
  readonly #texts: TextCodes
  #shape: readonly number[] | null = null
  readonly #arrays: ColumnChunk[] = []
  #rows = 0
  #present = 0
  #rounded = 0

  constructor(
    readonly name: string,
    budget: DictionaryBudget,
    private readonly cells: CellCount,
    private readonly chunking: Chunking,
  ) {
    this.#numbers = new ChunkedValues(chunking, (length) => new Float64Array(length))
    cells.perRow += 1
    this.#texts = new TextCodes(budget)
  }

  /** The value of row `row`, counted from 0; rows between are missing. */
  set(row: number, value: unknown, where: string): void {
    // A name that came twice in one record, as `a.b` and `a` holding `b` do: the first one counts.
    if (row < this.#rows) return
    this.#fill(row)
    if (value === null || value === undefined) return
    this.cells.present += 1
    if (Array.isArray(value)) this.#addArray(value, where)
    else if (this.#shape !== null) throw this.#mixed(where)
    else if (typeof value === 'string') this.#addText(value, where)
    else this.#addNumber(typeof value === 'number' ? value : Number(value), value)
  }

  finish(rows: number): DraftColumn {
    this.#fill(rows)
    const { name } = this
    if (this.#shape !== null) {
      return { name, chunks: this.#arrays, dictionary: null, shape: this.#shape, rounded: 0 }
    }
    const chunks: ColumnChunk[] =
      this.#codes === null
        ? this.#numbers.finish().map(numericChunk)
        : this.#codes.finish().map(textChunk)
    const dictionary = this.#codes === null ? null : this.#texts.dictionary
    return { name, chunks, dictionary, rounded: this.#codes === null ? this.#rounded : 0 }
  }

  #fill(rows: number): void {
    if (this.#shape !== null) {
      while (this.#rows < rows) this.#addRow(null)
      return
    }
    for (; this.#rows < rows; this.#rows += 1) {
      if (this.#codes === null) this.#numbers.push(NaN)
      else this.#codes.push(-1)
    }
  }

  #addNumber(number: number, written: unknown): void {
    this.#rows += 1
    this.#present += 1
    if (this.#codes !== null) {
      this.#codes.push(this.#texts.codeOf(String(written)))
      return
    }
    const isWhole = Number.isInteger(number) && !Number.isSafeInteger(number)
    if (isWhole && Math.abs(number) <= LARGEST_INTEGER) this.#rounded += 1
    this.#numbers.push(number)
  }

  #addText(text: string, where: string): void {
    if (this.#codes === null) {
      if (isMissing(text)) {
        this.#fill(this.#rows + 1)
        return
      }
      if (this.#present > 0) {
        this.warning = `Column ${quoted(this.name)} is read as text because of "${displayText(text, 40)}" in ${where}.`
      }
      this.#codes = this.#asTexts()
    }
    this.#rows += 1
    this.#codes.push(this.#texts.codeOf(text))
  }

  /** The numbers so far as JavaScript writes them. */
  #asTexts(): ChunkedValues<Int32Array<ArrayBuffer>> {
    const codes = new ChunkedValues(this.chunking, (length) => new Int32Array(length))
    for (const chunk of this.#numbers.finish()) {
      for (const value of chunk.read()) {
        codes.push(Number.isNaN(value) ? -1 : this.#texts.codeOf(String(value)))
      }
    }
    this.#numbers.drop()
    return codes
  }

  #addArray(value: readonly unknown[], where: string): void {
    const array = flatNumbers(value)
    if (array === null || this.#codes !== null || this.#present > 0) throw this.#mixed(where)
    if (this.#shape === null) {
      const missing = this.#rows
      this.#shape = array.shape
      this.cells.perRow += array.values.length - 1
      this.#rows = 0
      this.#fill(missing)
    }
    if (String(this.#shape) !== String(array.shape)) {
      throw new Refusal(
        'data-malformed',
        `holds an array of ${array.shape.join(' × ')} in ${where}, field ${quoted(this.name)}, where the first is ${this.#shape.join(' × ')}`,
        'Write arrays of one shape in all rows.',
      )
    }
    this.cells.present += array.values.length - 1
    this.#addRow(array.values)
  }

  /** Null: a row without a value. */
  #addRow(values: readonly number[] | null): void {
    const width = (this.#shape ?? []).reduce((product, size) => product * size, 1)
    const place = this.#rows % this.chunking.rows
    let chunk = this.#arrays.at(-1)
    if (place === 0) {
      chunk = { kind: 'tensor', values: new Float64Array(width), width }
      this.#arrays.push(chunk)
    }
    if (chunk?.kind !== 'tensor') throw new Error('a chunk of arrays holds arrays')
    const wanted = (place + 1) * width
    const grown = grow(chunk.values as Float64Array<ArrayBuffer>, wanted)
    if (values === null) grown.fill(NaN, place * width)
    else grown.set(values, place * width)
    this.#arrays[this.#arrays.length - 1] = { kind: 'tensor', values: grown, width }
    this.#rows += 1
  }

  #mixed(where: string): Refusal {
    return new Refusal(
      'data-malformed',
      `holds an array that is none of numbers, or other values beside arrays, in ${where}, field ${quoted(this.name)}`,
      'Write one number, one text or an array of numbers per field, the same in all rows.',
    )
  }
}

/** A view of `length` numbers that starts with those of `values`, in a buffer that doubles. */
function grow(values: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const room = values.buffer.byteLength / 8
  if (length <= room) return new Float64Array(values.buffer, 0, length)
  const larger = new Float64Array(Math.max(length, 2 * room))
  larger.set(values)
  return larger.subarray(0, length)
}
