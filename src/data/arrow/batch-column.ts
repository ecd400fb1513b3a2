import { Type, type Batch, type Column, type DataType } from '@uwdata/flechette'
import { NumberSink, TextSink, type Cells, type ColumnSink } from '../columnar/column-sink'
import { corruptTable } from '../columnar/corrupt-table'
import { ListSink } from '../columnar/list-sink'
import { TimeSink } from '../columnar/time-sink'
import { countRounded } from '../columnar/to-numbers'
import type { Chunking } from '../room/chunking'
import { TextCodes } from '../text-codes'
import {
  arrowMeaning,
  batchNumbers,
  buffersOf,
  detailsOf,
  listPlaces,
  tooShort,
  validityOf,
  type ArrowMeaning,
} from './arrow-cells'

/** A column of an Arrow table in the making, record batch after record batch. */
export class BatchColumn {
  readonly sink: ColumnSink | ListSink
  readonly #codes = new TextCodes()
  /** Cells of the dictionary that the last batch had. */
  #dictionary: { readonly of: Column<unknown>; readonly cells: Cells } | null = null

  constructor(
    readonly name: string,
    private readonly type: DataType,
    private readonly meaning: Exclude<ArrowMeaning, { kind: 'refused' }>,
    chunking: Chunking,
    warn: (sentence: string) => void,
  ) {
    if (meaning.kind === 'text') this.sink = new TextSink(name, this.#codes.dictionary, chunking)
    else if (meaning.kind === 'time') this.sink = new TimeSink(name, meaning.style, chunking, warn)
    else if (meaning.kind === 'list') this.sink = new ListSink(name, chunking, meaning.isSingle)
    else this.sink = new NumberSink(name, chunking)
  }

  append(batch: Batch<unknown>): void {
    const { sink, type } = this
    if (sink instanceof ListSink) {
      this.#appendLists(sink, batch)
      return
    }
    if (this.meaning.kind === 'nothing') {
      sink.appendMissing(batch.length)
      return
    }
    const isValid = validityOf(batch)
    const cells = this.#cells(batch, isValid)
    if (sink instanceof NumberSink && detailsOf(type).bitWidth === 64) {
      sink.roundedCount += countRounded(cells, 0, cells.length)
    }
    for (let start = 0; start < cells.length;) {
      const isThere = isValid === null || isValid(start)
      let end = isValid === null ? cells.length : start + 1
      while (end < cells.length && isValid?.(end) === isThere) end += 1
      if (isThere) sink.append(cells, start, end)
      else sink.appendMissing(end - start)
      start = end
    }
  }

  #cells(batch: Batch<unknown>, isValid: ((row: number) => boolean) | null): Cells {
    if (detailsOf(this.type).typeId === Type.Dictionary)
      return this.#dictionaryCells(batch, isValid)
    if (this.meaning.kind !== 'text') return batchNumbers(this.type, batch)
    return this.#textCells(batch, isValid)
  }

  #textCells(batch: Batch<unknown>, isValid: ((row: number) => boolean) | null): Int32Array {
    const { length, offsets, values } = buffersOf(batch)
    // Of views of texts, 16 bytes each.
    const held = offsets === undefined ? (values?.length ?? 0) / 16 : offsets.length - 1
    if (held < length) throw tooShort()
    return Int32Array.from({ length }, (_, row) =>
      isValid === null || isValid(row) ? this.#codes.codeOf(String(batch.value(row))) : -1,
    )
  }

  #dictionaryCells(batch: Batch<unknown>, isValid: ((row: number) => boolean) | null): Cells {
    const { length, values } = buffersOf(batch)
    const { dictionary } = batch as unknown as { readonly dictionary: Column<unknown> | undefined }
    const inner = detailsOf(this.type).dictionary
    if (dictionary === undefined || inner === undefined) {
      throw corruptTable('is damaged: a dictionary is missing')
    }
    if (values === undefined || values.length < length) throw tooShort()
    if (this.#dictionary?.of !== dictionary) {
      this.#dictionary = { of: dictionary, cells: this.#cellsOfDictionary(dictionary, inner) }
    }
    const { cells } = this.#dictionary
    const output = cells instanceof Int32Array ? new Int32Array(length) : new Float64Array(length)
    for (let row = 0; row < length; row += 1) {
      if (isValid !== null && !isValid(row)) continue
      const cell = cells[Number(values[row])]
      if (cell === undefined) {
        throw corruptTable('is damaged: a value stands for nothing in its dictionary')
      }
      output[row] = cell
    }
    return output
  }

  #cellsOfDictionary({ data, length }: Column<unknown>, type: DataType): Cells {
    const parts = data.map((batch) => {
      const isValid = validityOf(batch)
      if (arrowMeaning(type).kind === 'text') return this.#textCells(batch, isValid)
      return batchNumbers(type, batch).map((value, row) => (isValid?.(row) === false ? NaN : value))
    })
    const cells = parts[0] instanceof Int32Array ? new Int32Array(length) : new Float64Array(length)
    let start = 0
    for (const part of parts) {
      cells.set(part, start)
      start += part.length
    }
    return cells
  }

  #appendLists(sink: ListSink, batch: Batch<unknown>): void {
    const inner = detailsOf(this.type).children?.[0]?.type
    const child = buffersOf(batch).children?.[0]
    if (inner === undefined || child === undefined) throw tooShort()
    const isValid = validityOf(batch)
    const isThere = validityOf(child)
    const places = listPlaces(this.type, batch)
    const numbers = batchNumbers(inner, child)
    if (isThere !== null) {
      for (let at = 0; at < numbers.length; at += 1) if (!isThere(at)) numbers[at] = NaN
    }
    for (let row = 0; row < batch.length; row += 1) {
      const from = places[row] as number
      const to = isValid?.(row) === false ? from : (places[row + 1] as number)
      sink.appendRow(numbers, from, to)
    }
  }
}
