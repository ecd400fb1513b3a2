import type { ColumnMetaData } from 'hyparquet'
import { TextCodes } from '../text-codes'
import { NumberSink, TextSink, type Cells, type ColumnSink } from '../columnar/column-sink'
import type { ByteWindow } from '../columnar/byte-window'
import { corruptTable, decodeStep } from '../columnar/corrupt-table'
import { ListSink } from '../columnar/list-sink'
import { TimeSink } from '../columnar/time-sink'
import { countRounded } from '../columnar/to-numbers'
import { decodeValues, dictionaryPlaces, isDictionaryEncoded } from './decode-values'
import type { Chunking } from '../room/chunking'
import type { PlannedColumn } from './plan-columns'
import { readPage, type RawPage } from './read-page'

/** Reads one column of the table, row group after row group. */
export class ColumnReader {
  readonly sink: ColumnSink | ListSink
  readonly #toCells: (page: RawPage) => Cells

  constructor(
    private readonly column: PlannedColumn,
    chunking: Chunking,
    warn: (sentence: string) => void,
  ) {
    const { element, meaning, name } = column
    if (meaning.kind === 'text') {
      const codes = new TextCodes()
      this.sink = new TextSink(name, codes.dictionary, chunking)
      this.#toCells = (page) => {
        const values = decodeValues(page, element)
        return Int32Array.from(values as ArrayLike<unknown>, (value) =>
          codes.codeOf(meaning.textOf(value)),
        )
      }
      return
    }
    this.#toCells = (page) => meaning.toNumbers(decodeValues(page, element))
    if (meaning.kind === 'time') this.sink = new TimeSink(name, meaning.style, chunking, warn)
    else if (column.isList) this.sink = new ListSink(name, chunking, element.type === 'FLOAT')
    else this.sink = new NumberSink(name, chunking)
  }

  /** Takes all pages of one row group. */
  async read(window: ByteWindow, metadata: ColumnMetaData, rows: number): Promise<void> {
    const { levels } = this.column
    const before = this.sink.rows
    let dictionary: Cells | null = null
    let left = Number(metadata.num_values)
    while (left > 0) {
      const page = await readPage(window, metadata, levels)
      if (page === null) throw corruptTable('is damaged: a column ends before its last row')
      if (page.isDictionary) {
        dictionary = decodeStep('a dictionary', () => this.#toCells(page))
        continue
      }
      left -= page.count
      if (left < 0) throw corruptTable('is damaged: a column goes on after its last row')
      const cells = decodeStep('a page', () => this.#cells(page, dictionary))
      if (cells.length !== page.present) throw corruptTable('is damaged: a page of too few values')
      this.#append(page, cells)
    }
    if (this.sink instanceof ListSink) this.sink.endRow()
    if (this.sink.rows - before !== rows) {
      throw corruptTable('is damaged: its columns are not equally long')
    }
  }

  #cells(page: RawPage, dictionary: Cells | null): Cells {
    if (!isDictionaryEncoded(page)) return this.#toCells(page)
    if (dictionary === null) throw corruptTable('is damaged: a dictionary is missing')
    const places = dictionaryPlaces(page, dictionary.length)
    const cells = dictionary instanceof Int32Array ? places : new Float64Array(places.length)
    for (let index = 0; index < places.length; index += 1) {
      cells[index] = dictionary[places[index] as number] as number
    }
    return cells
  }

  #append(page: RawPage, cells: Cells): void {
    const { sink } = this
    if (sink instanceof ListSink) {
      const { maxDefinition } = this.column.levels
      const canMiss = this.column.element.repetition_type === 'OPTIONAL'
      sink.appendPage(page, cells, maxDefinition, canMiss ? maxDefinition - 1 : null)
      return
    }
    if (sink instanceof NumberSink && this.#isWhole) {
      sink.roundedCount += countRounded(cells, 0, cells.length)
    }
    if (page.definition === null) sink.append(cells, 0, cells.length)
    else appendWithMissing(sink, page.definition, this.column.levels.maxDefinition, cells)
  }

  get #isWhole(): boolean {
    return this.column.element.type === 'INT64' && this.column.element.converted_type !== 'DECIMAL'
  }
}

/** Runs of values and of gaps in turn, as the definition levels tell. */
function appendWithMissing(
  sink: ColumnSink,
  definition: Int32Array,
  maxDefinition: number,
  cells: Cells,
): void {
  let taken = 0
  for (let start = 0; start < definition.length;) {
    const isThere = definition[start] === maxDefinition
    let end = start + 1
    while (end < definition.length && (definition[end] === maxDefinition) === isThere) end += 1
    if (isThere) {
      sink.append(cells, taken, taken + end - start)
      taken += end - start
    } else {
      sink.appendMissing(end - start)
    }
    start = end
  }
}
