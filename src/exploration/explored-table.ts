import type {
  RowCell,
  RowCondition,
  RowField,
  RowQuery,
  RowRecord,
  RowWindow,
} from '../core/exploration'
import { tensorText, type Dataset } from '../core/dataset'
import { cellTester } from '../tasks/cell-tester'
import { MOST_SEARCHED_COLUMNS } from '../tasks/match-rows'
import { parseCondition, type CellTest } from '../tasks/parse-condition'
import { targetColumn } from '../tasks/target-column'
import type { FieldColumn } from './field-column'
import { orderKeys } from './order-keys'
import { orderRows } from './order-rows'
import type { RowAnswers } from './row-answers'

/** Gathered columns that are kept for the next query, 4 to 8 bytes a row each. */
const MOST_KEPT_COLUMNS = 8

/** The compared rows of a dataset with what models said of them: found, put in order and read. */
export class ExploredTable {
  readonly #columns = new Map<number, FieldColumn>()
  /** The latest query and its rows: windows of one query follow each other. */
  #found: { readonly key: string; readonly rows: Uint32Array } | null = null

  /** @param index dataset row of each used row, rising; null where every row is used */
  constructor(
    readonly dataset: Dataset,
    private readonly index: Uint32Array | null,
    readonly answers: RowAnswers,
  ) {}

  /** Used rows that match, in order. */
  find(query: RowQuery): Uint32Array {
    const key = JSON.stringify(query)
    if (this.#found?.key === key) return this.#found.rows
    const matching = this.#matching(query)
    const sorted = this.#sorted(matching, query)
    this.#found = { key, rows: sorted }
    return sorted
  }

  window(query: RowQuery, fields: readonly RowField[], offset: number, limit: number): RowWindow {
    const found = this.find(query)
    const rows = Array.from(found.subarray(offset, offset + limit), (row) =>
      this.#record(row, fields),
    )
    return { matched: found.length, offset, rows }
  }

  /** The cells of one used row. */
  cells(row: number, fields: readonly RowField[]): RowCell[] {
    return fields.map((field) => this.#cell(row, field))
  }

  /** One field of all used rows; null where there is none, or an array of numbers in every row. */
  column(field: RowField): FieldColumn | null {
    if (field.of === 'row') {
      const { index } = this
      if (index !== null) return { kind: 'numeric', values: index.map((row) => row + 1) }
      return {
        kind: 'numeric',
        values: Float64Array.from({ length: this.answers.rows }, (_, row) => row + 1),
      }
    }
    return field.of === 'column' ? this.#tableColumn(field.column) : this.answers.column(field)
  }

  #tableColumn(place: number): FieldColumn | null {
    const info = this.dataset.info.columns[place]
    if (info === undefined || info.type === 'tensor') return null
    const kept = this.#columns.get(place)
    if (kept !== undefined) return kept
    const read = targetColumn(this.dataset, this.index, place)
    const column: FieldColumn = read.kind === 'numeric' ? read : { ...read, isOrdered: false }
    const [oldest] = this.#columns.keys()
    if (this.#columns.size >= MOST_KEPT_COLUMNS && oldest !== undefined)
      this.#columns.delete(oldest)
    this.#columns.set(place, column)
    return column
  }

  #matching({ view, conditions }: RowQuery): Uint32Array {
    const { rows } = this.answers
    let mask = this.answers.mask(view)
    for (const condition of conditions) {
      const test = parseCondition(condition.text)
      if (test === null) continue
      mask ??= new Uint8Array(rows).fill(1)
      this.#narrow(mask, condition, test)
    }
    if (mask === null) return Uint32Array.from({ length: rows }, (_, row) => row)
    let count = 0
    for (const flag of mask) count += flag
    const matching = new Uint32Array(count)
    for (let row = 0, place = 0; row < rows; row += 1) if (mask[row] === 1) matching[place++] = row
    return matching
  }

  #narrow(mask: Uint8Array, { field }: RowCondition, test: CellTest): void {
    if (field !== null) {
      const column = this.column(field)
      if (column === null) return
      const passes = rowTest(column, test)
      for (let row = 0; row < mask.length; row += 1) {
        if (mask[row] === 1 && !passes(row)) mask[row] = 0
      }
      return
    }
    const hits = new Uint8Array(mask.length)
    for (const searched of this.#searchedFields()) {
      const column = this.column(searched)
      if (column === null) continue
      const passes = rowTest(column, test)
      for (let row = 0; row < mask.length; row += 1) {
        if (mask[row] === 1 && hits[row] === 0 && passes(row)) hits[row] = 1
      }
    }
    mask.set(hits)
  }

  #searchedFields(): RowField[] {
    const { models } = this.answers
    const columns = Math.min(this.dataset.info.columns.length, MOST_SEARCHED_COLUMNS)
    return [
      { of: 'truth' },
      ...Array.from({ length: models }, (_, model): RowField => ({ of: 'answer', model })),
      ...Array.from({ length: columns }, (_, column): RowField => ({ of: 'column', column })),
    ]
  }

  #sorted(rows: Uint32Array, { sort }: RowQuery): Uint32Array {
    if (sort === null) return rows
    const column = this.column(sort.field)
    if (column === null) return rows
    const order = orderRows(orderKeys(column, rows), sort.isDescending)
    return order.map((place) => rows[place] as number)
  }

  #record(row: number, fields: readonly RowField[]): RowRecord {
    const { answers } = this
    const isRight = Array.from({ length: answers.models }, (_, model) =>
      answers.isRight(model, row),
    )
    return {
      tableRow: this.#tableRow(row) + 1,
      cells: this.cells(row, fields),
      isRight: isRight.some((right) => right === null)
        ? null
        : isRight.map((right) => right === true),
    }
  }

  #tableRow(row: number): number {
    return this.index === null ? row : (this.index[row] ?? row)
  }

  #cell(row: number, field: RowField): RowCell {
    if (field.of === 'row') return this.#tableRow(row) + 1
    if (field.of !== 'column') return this.answers.cell(field, row)
    const { dataset } = this
    const tableRow = this.#tableRow(row)
    const chunk = dataset.chunks.findLast(({ start }) => start <= tableRow)
    const cells = chunk?.columns[field.column]
    if (chunk === undefined || cells === undefined) return null
    if (cells.kind === 'text') {
      const code = cells.codes[tableRow - chunk.start] ?? -1
      return dataset.dictionaries[field.column]?.[code] ?? null
    }
    if (cells.kind === 'tensor') return tensorText(dataset.info.columns[field.column]?.shape ?? [])
    const value = cells.values[tableRow - chunk.start] ?? NaN
    return Number.isNaN(value) ? null : value
  }
}

function rowTest(column: FieldColumn, test: CellTest): (row: number) => boolean {
  return cellTester(test, column.kind === 'text' ? column.dictionary : null)(column)
}
