import { ChunkedValues } from './chunked-values'
import type { ColumnBuilder, Contradiction, Oddity } from './column-builder'
import type { Chunking } from './room/chunking'
import { isAmbiguousComma, parseNumber, type DecimalMark } from './parse-number'
import type { PlainRows } from './plain-rows'
import type { RowBatch } from './row-splitter'

const INTEGER_TEXT = /^\s*[+-]?\d+\s*$/

/** A column of numbers in the making, as float64. */
export class NumericColumn implements ColumnBuilder {
  readonly values: ChunkedValues<Float64Array<ArrayBuffer>>
  missing = 0
  /** Whether every value so far is a whole number within ±(2^53 − 1). */
  isInteger = true
  /** Whether some number is written with a point. */
  hasPoint = false
  /** Whether some number is written with a comma that can only be a decimal one. */
  hasDecimalComma = false
  /** Whole numbers beyond ±(2^53 − 1), whose last digits float64 cannot hold. */
  huge: Oddity | null = null
  infinite: Oddity | null = null
  private present = 0

  constructor(
    readonly reading: DecimalMark,
    chunking: Chunking,
  ) {
    this.values = new ChunkedValues(chunking, (length) => new Float64Array(length))
  }

  drop(): void {
    this.values.drop()
  }

  append(batch: RowBatch, column: number): Contradiction | null {
    const { rows } = batch
    for (let index = 0; index < rows.length; index++) {
      const cell = rows[index]?.[column] ?? ''
      const value = parseNumber(cell, this.reading)
      if (value === null) {
        return { cell, line: batch.lineOf(index), hasFitting: this.present > 0 }
      }
      if (Number.isNaN(value)) this.missing++
      else this.note(value, cell, batch, index)
      this.values.push(value)
    }
    return null
  }

  /** Whether some number is written with the mark of this reading, and cannot mean anything else. */
  get hasMark(): boolean {
    return this.reading === 'point' ? this.hasPoint : this.hasDecimalComma
  }

  appendPlain({ values, rows, hasMark }: PlainRows, column: number, width: number): void {
    if (hasMark[column] === 1) {
      if (this.reading === 'point') this.hasPoint = true
      else this.hasDecimalComma = true
    }
    for (let index = column; index < rows * width; index += width) {
      const value = values[index] as number
      if (Number.isNaN(value)) this.missing++
      else {
        this.present++
        if (this.isInteger && !Number.isSafeInteger(value)) this.isInteger = false
      }
      this.values.push(value)
    }
  }

  /** Counts a number of a cell that is infinite, or loses its last digits. */
  noteOdd(value: number, cell: string, lineOf: () => number): void {
    if (!Number.isFinite(value)) this.infinite = count(this.infinite, cell, lineOf)
    else if (INTEGER_TEXT.test(cell)) this.huge = count(this.huge, cell, lineOf)
  }

  private note(value: number, cell: string, batch: RowBatch, index: number): void {
    this.present++
    if (!this.hasPoint && cell.includes('.')) this.hasPoint = true
    if (!this.hasDecimalComma && this.reading === 'comma' && cell.includes(',')) {
      this.hasDecimalComma = !isAmbiguousComma(cell)
    }
    if (Number.isSafeInteger(value)) return
    this.isInteger = false
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      this.noteOdd(value, cell, () => batch.lineOf(index))
    }
  }

  get hasValues(): boolean {
    return this.present > 0
  }
}

function count(oddity: Oddity | null, cell: string, lineOf: () => number): Oddity {
  if (oddity === null) return { count: 1, line: lineOf(), cell }
  oddity.count++
  return oddity
}
