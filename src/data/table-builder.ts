import { CAPS } from '../core/caps'
import { quoted } from '../core/display-text'
import { atCap, failed, type Failure } from '../core/failure'
import type { ColumnBuilder, Contradiction, Reading } from './column-builder'
import { readHeader, type Header } from './header-row'
import { NumericColumn } from './numeric-column'
import { isCommaNumber } from './parse-number'
import type { PlainColumn, PlainRows } from './plain-rows'
import { rowsPerChunk, type Chunking } from './room/chunking'
import type { ValueRoom } from './room/value-room'
import type { RowBatch } from './row-splitter'
import { DictionaryBudget, ownCopy, TextColumn } from './text-column'

const PREVIEW_ROWS = 8
/** The preview goes to the page, which shows no more of a cell. */
const PREVIEW_CELL_LENGTH = 200

export type Builder = NumericColumn | TextColumn

export interface ColumnState {
  builder: Builder
  /** What it was read as before, and the cells that spoke against it. */
  readonly contradictions: Contradiction[]
  /** Its earlier rows were read as something else, so it has to be read from the start again. */
  isStale: boolean
  /** Read as text because its comma numbers could mean thousands. */
  isAmbiguous: boolean
}

interface BuilderMeans {
  readonly budget: DictionaryBudget
  readonly chunking: Chunking
}

interface RaggedRows {
  count: number
  readonly line: number
  readonly found: number
}

/**
 * A table in the making. Each column is taken for numbers until a cell says otherwise. Where that
 * happens among the rows of the first batch it starts over at once; later the earlier texts are
 * gone (keeping them would hold the file in memory), so the column waits for another pass over the
 * file. Readings only ever go point → comma → text: three passes are the most.
 */
export class TableBuilder {
  header: Header | null = null
  columns: ColumnState[] = []
  rows = 0
  blankLines = 0
  readonly preview: string[][] = []
  /** By column, in a later pass: whether it takes part. */
  private waiting: readonly boolean[] | null = null
  private pass = 1
  private passRows = 0
  private hasSkippedHeader = false
  private ragged: RaggedRows | null = null
  private readonly budget = new DictionaryBudget()
  private chunkRows = 1

  constructor(
    private readonly fileName: string,
    private readonly room: ValueRoom,
    private readonly columnsCap: number = CAPS.columns.value,
  ) {}

  get chunking(): Chunking {
    return { rows: this.chunkRows, room: this.room }
  }

  /** Takes the next rows of the file; a failure ends the reading. */
  append(batch: RowBatch): Failure | null {
    if (this.pass === 1) this.blankLines += batch.blankLines
    const first = batch.rows[0]
    if (first === undefined) return null
    if (this.header === null) {
      if (first.length > this.columnsCap) return this.tooWide(first.length)
      this.header = readHeader(first)
      this.chunkRows = rowsPerChunk(this.header.names.length)
      this.columns = this.header.names.map(() => startColumn(this.chunking))
    }
    const skipsHeader = this.header.isPresent && !this.hasSkippedHeader
    this.hasSkippedHeader = true
    this.appendRows(skipsHeader ? withoutFirst(batch) : batch)
    return this.budget.isSpent ? this.tooManyTexts() : null
  }

  /** How rows are to be read from bytes; null while rows are still looked at one by one. */
  get plainColumns(): readonly PlainColumn[] | null {
    const isSettled =
      this.hasSkippedHeader && this.ragged === null && this.preview.length >= PREVIEW_ROWS
    if (!isSettled) return null
    return this.columns.map((state, index) => plainColumn(this.takesPart(state, index), state))
  }

  /** {@link append} for rows of {@link plainColumns}. */
  appendPlain(plain: PlainRows): Failure | null {
    if (this.pass === 1) this.blankLines += plain.blankLines
    for (const [index, state] of this.columns.entries()) {
      if (this.takesPart(state, index)) state.builder.appendPlain(plain, index, this.columns.length)
    }
    for (const { column, value, cell, line } of plain.oddNumbers) {
      const builder = this.columns[column]?.builder
      if (builder instanceof NumericColumn) builder.noteOdd(value, cell, () => line)
    }
    this.passRows += plain.rows
    return this.budget.isSpent ? this.tooManyTexts() : null
  }

  /** Ends a pass over the whole file. A failure where the file as a whole is no table. */
  finishPass(): Failure | null {
    if (this.ragged !== null) return this.raggedRows(this.ragged)
    if (this.pass === 1) this.rows = this.passRows
    else if (this.passRows !== this.rows) return this.changed()
    if (this.rows === 0) return this.noRows()
    if (!this.needsPass) this.settleCommas()
    this.pass++
    this.passRows = 0
    this.hasSkippedHeader = false
    return null
  }

  /** Whether some column has to be read from the start of the file again. */
  get needsPass(): boolean {
    return this.columns.some(({ isStale }) => isStale)
  }

  /** Call before another pass: the columns that wait for it take part from its first row. */
  beginPass(): void {
    this.waiting = this.columns.map(({ isStale }) => isStale)
    for (const state of this.columns) state.isStale = false
  }

  private takesPart(state: ColumnState, index: number): boolean {
    return !state.isStale && this.waiting?.[index] !== false
  }

  private appendRows(batch: RowBatch): void {
    const wanted = this.columns.length
    for (let index = 0; index < batch.rows.length; index++) {
      const found = batch.rows[index]?.length ?? 0
      if (found === wanted) continue
      if (this.ragged !== null) this.ragged.count++
      else this.ragged = { count: 1, line: batch.lineOf(index), found }
    }
    // Nothing will come of it; the rest is read only to count the bad lines.
    if (this.ragged !== null) return
    const isFirst = this.passRows === 0
    for (let index = 0; index < wanted; index++) {
      const state = this.columns[index]
      if (state === undefined || !this.takesPart(state, index)) continue
      appendColumn(state, batch, index, isFirst, this.means)
    }
    this.passRows += batch.rows.length
    for (const row of batch.rows) {
      if (this.preview.length >= PREVIEW_ROWS) break
      this.preview.push(row.map(previewCell))
    }
  }

  /** Columns whose every comma may be a thousands mark are texts, unless others tell which. */
  private settleCommas(): void {
    const commas = this.columns.filter(({ builder }) => builder.reading === 'comma')
    const isDecimal = (state: ColumnState): boolean =>
      state.builder instanceof NumericColumn && state.builder.hasDecimalComma
    if (commas.some(isDecimal)) return
    for (const state of commas) {
      state.builder = replaceBuilder(state.builder, 'text', this.means)
      state.isStale = true
      state.isAmbiguous = true
    }
  }

  private get means(): BuilderMeans {
    return { budget: this.budget, chunking: this.chunking }
  }

  private get file(): string {
    return quoted(this.fileName)
  }

  private raggedRows({ count, line, found }: RaggedRows): Failure {
    const wanted = this.columns.length
    const fields = (number: number): string =>
      `${String(number)} ${number === 1 ? 'field' : 'fields'}`
    const more = count === 1 ? '' : ` (${String(count)} rows like that in all)`
    return failed(
      'data-malformed',
      `${this.file}, line ${String(line)}: ${fields(wanted)} wanted as in the first row, ${String(found)} found${more}.`,
      found > wanted
        ? 'Put quotes around fields that hold the delimiter, or give each column a name in the first row.'
        : 'Fill up the short rows with delimiters, or remove them.',
    ).failure
  }

  private tooWide(columns: number): Failure {
    const { failure } = failed(
      'file-too-large',
      `${this.file} has ${String(columns)} columns; ${String(this.columnsCap)} is the most.`,
      'Keep only the columns that the models read and the target.',
    )
    return atCap(failure, { name: 'columns', wanted: columns }).failure
  }

  private tooManyTexts(): Failure {
    const sizes = this.columns.map(({ builder }) =>
      builder instanceof TextColumn ? builder.dictionary.length : 0,
    )
    const largest = sizes.indexOf(Math.max(...sizes))
    const name = quoted(this.header?.names[largest] ?? '')
    return failed(
      'file-too-large',
      `${this.file} holds too many different texts for memory, most of them in column ${name}.`,
      `Remove column ${name} and add the file again.`,
    ).failure
  }

  private noRows(): Failure {
    return failed(
      'no-rows',
      this.header === null
        ? `${this.file} holds blank lines only.`
        : `${this.file} holds a header but no rows.`,
      'Choose a file with at least one row of data.',
    ).failure
  }

  private changed(): Failure {
    return failed(
      'file-unreadable',
      `${this.file} changed while it was read.`,
      'Add the file again.',
    ).failure
  }
}

function appendColumn(
  state: ColumnState,
  batch: RowBatch,
  index: number,
  canStartOver: boolean,
  means: BuilderMeans,
): void {
  for (;;) {
    const builder: ColumnBuilder = state.builder
    const contradiction = builder.append(batch, index)
    if (contradiction === null) return
    state.contradictions.push(contradiction)
    const reading = nextReading(builder.reading, contradiction.cell)
    state.builder = replaceBuilder(builder, reading, means)
    if (!canStartOver) {
      state.isStale = true
      return
    }
  }
}

function nextReading(reading: Reading, cell: string): Reading {
  return reading === 'point' && isCommaNumber(cell) ? 'comma' : 'text'
}

function replaceBuilder(
  builder: ColumnBuilder,
  reading: Reading,
  { budget, chunking }: BuilderMeans,
): Builder {
  builder.drop()
  return reading === 'text'
    ? new TextColumn(budget, chunking)
    : new NumericColumn(reading, chunking)
}

function startColumn(chunking: Chunking): ColumnState {
  return {
    builder: new NumericColumn('point', chunking),
    contradictions: [],
    isStale: false,
    isAmbiguous: false,
  }
}

function plainColumn(takesPart: boolean, { builder }: ColumnState): PlainColumn {
  if (!takesPart) return { reading: null, hasMark: false, codeOf: null }
  if (builder instanceof TextColumn) {
    return { reading: 'text', hasMark: false, codeOf: (cell) => builder.codeOfNew(cell) }
  }
  return { reading: builder.reading, hasMark: builder.hasMark, codeOf: null }
}

function withoutFirst(batch: RowBatch): RowBatch {
  return { ...batch, rows: batch.rows.slice(1), lineOf: (index) => batch.lineOf(index + 1) }
}

function previewCell(cell: string): string {
  return cell.length <= PREVIEW_CELL_LENGTH
    ? ownCopy(cell)
    : ownCopy(`${cell.slice(0, PREVIEW_CELL_LENGTH - 1).toWellFormed()}…`)
}
