import type { ColumnChunk, TensorValues } from '../../core/dataset'
import type { DraftColumn } from '../draft-dataset'

/** Most cells that the open chunks of all columns hold together. */
const OPEN_CELLS = 2 ** 22
const MOST_ROWS = 65_536
const FIRST_ROWS = 64
const GROWTH = 4

/** Numbers, or codes of texts: one a row, or `width` a row. */
export type Cells = Float64Array | Int32Array

/** A column in the making. */
export interface ColumnSink {
  readonly rows: number
  /** Takes `cells[from … to − 1]`. */
  append(cells: Cells, from: number, to: number): void
  /** Takes `count` rows without a value. */
  appendMissing(count: number): void
  finish(): DraftColumn
}

/** Rows of a chunk, so that the open chunks of a wide table stay within memory. */
export function rowsPerChunk(cellsPerRow: number): number {
  const rows = 2 ** Math.floor(Math.log2(OPEN_CELLS / Math.max(1, cellsPerRow)))
  return Math.min(MOST_ROWS, Math.max(1, rows))
}

/** Rows of each chunk of a table. */
export function chunkLengths(rows: number, chunkRows: number): readonly number[] {
  return Array.from({ length: Math.ceil(rows / chunkRows) }, (_, chunk) =>
    Math.min(chunkRows, rows - chunk * chunkRows),
  )
}

/** Cuts a column into chunks of equally many rows; the last may be shorter. */
export class ChunkCutter<T extends TensorValues> {
  readonly chunks: T[] = []
  rows = 0
  #open: T | null = null
  #used = 0

  constructor(
    private readonly chunkLength: number,
    private readonly allocate: (length: number) => T,
    private readonly width = 1,
  ) {}

  append(cells: ArrayLike<number>, from: number, to: number): void {
    this.rows += (to - from) / this.width
    for (let start = from; start < to;) {
      const open = this.#room()
      const end = Math.min(to, start + open.length - this.#used)
      for (let source = start, target = this.#used; source < end; source += 1, target += 1) {
        open[target] = cells[source] as number
      }
      this.#used += end - start
      start = end
    }
  }

  fill(value: number, rows: number): void {
    this.rows += rows
    for (let left = rows * this.width; left > 0;) {
      const open = this.#room()
      const end = Math.min(open.length, this.#used + left)
      open.fill(value, this.#used, end)
      left -= end - this.#used
      this.#used = end
    }
  }

  finish(): readonly T[] {
    if (this.#open !== null && this.#used > 0) {
      this.chunks.push(this.#open.slice(0, this.#used) as T)
    }
    this.#open = null
    return this.chunks
  }

  /** The open chunk with room for one value at least. It grows, so that a small table stays small. */
  #room(): T {
    const open = this.#open
    if (open !== null && this.#used < open.length) return open
    const full = this.chunkLength * this.width
    if (open !== null && open.length < full) {
      const larger = this.allocate(Math.min(full, open.length * GROWTH))
      larger.set(open)
      this.#open = larger
      return larger
    }
    if (open !== null) this.chunks.push(open)
    this.#used = 0
    const first = this.allocate(open === null ? Math.min(full, FIRST_ROWS * this.width) : full)
    this.#open = first
    return first
  }
}

/** A column of numbers. */
export class NumberSink implements ColumnSink {
  /** Whole numbers beyond 2^53 that lost their last digits. */
  roundedCount = 0
  readonly #cutter: ChunkCutter<Float64Array<ArrayBuffer>>

  constructor(
    private readonly name: string,
    chunkRows: number,
  ) {
    this.#cutter = new ChunkCutter(chunkRows, (length) => new Float64Array(length))
  }

  get rows(): number {
    return this.#cutter.rows
  }

  append(cells: Cells, from: number, to: number): void {
    this.#cutter.append(cells, from, to)
  }

  appendMissing(count: number): void {
    this.#cutter.fill(NaN, count)
  }

  finish(): DraftColumn {
    const chunks = this.#cutter.finish().map((values): ColumnChunk => ({ kind: 'numeric', values }))
    return { name: this.name, chunks, dictionary: null, rounded: this.roundedCount }
  }
}

/** A column of texts, as codes into its dictionary. */
export class TextSink implements ColumnSink {
  readonly #cutter: ChunkCutter<Int32Array<ArrayBuffer>>

  constructor(
    private readonly name: string,
    private readonly dictionary: readonly string[],
    chunkRows: number,
  ) {
    this.#cutter = new ChunkCutter(chunkRows, (length) => new Int32Array(length))
  }

  get rows(): number {
    return this.#cutter.rows
  }

  append(cells: Cells, from: number, to: number): void {
    this.#cutter.append(cells, from, to)
  }

  appendMissing(count: number): void {
    this.#cutter.fill(-1, count)
  }

  finish(): DraftColumn {
    const chunks = this.#cutter.finish().map((codes): ColumnChunk => ({ kind: 'text', codes }))
    return { name: this.name, chunks, dictionary: this.dictionary, rounded: 0 }
  }
}
