import type { ColumnChunk } from '../../core/dataset'
import { quoted } from '../../core/display-text'
import { CAPS } from '../../core/caps'
import { Refusal } from '../../core/refusal'
import type { DatasetDraft, DraftColumn } from '../draft-dataset'
import { CHUNK_ROWS } from '../room/chunking'
import { numericChunk, tensorChunk, textChunk } from '../room/kept-chunk'
import type { ValueRoom } from '../room/value-room'
import { DictionaryBudget } from '../text-column'
import { TextCodes } from '../text-codes'
import { ArrayRows, type NamedArray } from './array-rows'
import { chooseArrays } from './choose-arrays'
import type { Elements } from './decode-elements'

/** Numbers of a chunk, so that rows of large images make small chunks. */
const CHUNK_ELEMENTS = 4 * 2 ** 20
/**
 * A matrix of up to as many numbers a row beside other arrays becomes columns, which can be chosen,
 * filtered and sliced by; a wider one stays a tensor. A matrix alone holds its target as a column.
 */
const MATRIX_COLUMNS = 256

/**
 * Makes one table of arrays with a row per entry of their first axes.
 * @throws {Refusal} where they do not belong together
 */
export async function readArrays(
  arrays: readonly NamedArray[],
  isOneFile: boolean,
  room: ValueRoom,
  onRows: (done: number, of: number) => void,
): Promise<DatasetDraft> {
  const shapes = arrays.map((array) => ({ ...array, shape: array.header.shape }))
  const chosen = chooseArrays(shapes, isOneFile)
  const { rows, warnings } = chosen
  if (rows === 0) {
    const names = chosen.arrays.map(({ array }) => quoted(array.name)).join(', ')
    const finding = names === '' ? 'holds no array with rows' : `holds no rows (${names})`
    throw new Refusal('no-rows', finding, 'Choose a file with at least one row of data.')
  }
  const isAlone = chosen.arrays.length === 1
  const budget = new DictionaryBudget()
  const parts = chosen.arrays.map(
    ({ array, columnName }) => new ArrayPart(array, columnName, isAlone, { budget, room }),
  )
  const width = parts.reduce((sum, part) => sum + part.rows.width, 0)
  const step = Math.max(1, Math.min(CHUNK_ROWS, Math.floor(CHUNK_ELEMENTS / width)))
  const chunkRows: number[] = []
  for (let from = 0; from < rows; from += step) {
    const to = Math.min(rows, from + step)
    for (const part of parts) await part.take(from, to)
    chunkRows.push(to - from)
    onRows(to, rows)
  }
  return {
    columns: parts.flatMap((part) => part.columns()),
    chunkRows,
    warnings: [...warnings, ...parts.flatMap((part) => part.warnings())],
  }
}

/** The columns that one array becomes, in the making. */
class ArrayPart {
  readonly rows: ArrayRows
  readonly #names: readonly string[]
  readonly #shape: readonly number[] | null
  readonly #chunks: ColumnChunk[][]
  readonly #texts: readonly TextCodes[]
  readonly #room: ValueRoom
  #rounded = 0

  constructor(
    array: NamedArray,
    readonly name: string,
    isAlone: boolean,
    means: { readonly budget: DictionaryBudget; readonly room: ValueRoom },
  ) {
    this.#room = means.room
    this.rows = new ArrayRows(array)
    const { shape, element } = array.header
    const { width } = this.rows
    const isText = element === 'unicode' || element === 'bytes'
    const isMatrix =
      shape.length === 2 && width <= (isAlone || isText ? CAPS.columns.value : MATRIX_COLUMNS)
    const isColumns = shape.length === 1 || width === 1 || isMatrix
    if (isText && !isColumns) {
      throw new Refusal(
        'data-malformed',
        `holds texts of the shape ${JSON.stringify(shape)} in ${quoted(name)}; one or two axes are read`,
        'Save the texts as one array per column.',
      )
    }
    this.#shape = isColumns ? null : shape.slice(1)
    this.#names =
      isColumns && width > 1
        ? Array.from({ length: width }, (_, i) => `${name}_${String(i)}`)
        : [name]
    this.#chunks = this.#names.map(() => [])
    this.#texts = isText ? this.#names.map(() => new TextCodes(means.budget)) : []
  }

  async take(from: number, to: number): Promise<void> {
    const elements = await this.rows.read(from, to)
    if (elements.kind === 'numbers') this.#rounded += elements.rounded
    if (this.#shape !== null && elements.kind === 'numbers') {
      this.#chunks[0]?.push(tensorChunk(this.#room.keep(elements.values), this.rows.width))
      return
    }
    for (const [column, chunks] of this.#chunks.entries()) {
      chunks.push(this.#columnChunk(elements, column, to - from))
    }
  }

  /** Of a matrix, whose numbers are not counted by column. */
  warnings(): readonly string[] {
    return this.#names.length > 1 && this.#rounded > 0
      ? [`${quoted(this.name)} holds whole numbers beyond 2^53, which lose their last digits.`]
      : []
  }

  columns(): readonly DraftColumn[] {
    return this.#names.map((name, column) => ({
      name,
      chunks: this.#chunks[column] ?? [],
      dictionary: this.#texts[column]?.dictionary ?? null,
      ...(this.#shape === null ? {} : { shape: this.#shape }),
      rounded: this.#names.length === 1 ? this.#rounded : 0,
    }))
  }

  #columnChunk(elements: Elements, column: number, rows: number): ColumnChunk {
    const { width } = this.rows
    if (elements.kind === 'texts') {
      const texts = this.#texts[column]
      const codes = Int32Array.from({ length: rows }, (_, row) =>
        texts === undefined ? -1 : texts.codeOf(elements.texts[row * width + column] ?? ''),
      )
      return textChunk(this.#room.keep(codes))
    }
    const { values } = elements
    const column64 = new Float64Array(rows)
    for (let row = 0; row < rows; row += 1) column64[row] = values[row * width + column] as number
    return numericChunk(this.#room.keep(column64))
  }
}
