import type { TensorValues } from '../../core/dataset'
import type { DraftColumn } from '../draft-dataset'
import type { Chunking } from '../room/chunking'
import { numericChunk, textChunk } from '../room/kept-chunk'
import type { KeptValues } from '../room/value-room'

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

/** Cuts a column into chunks of equally many rows; the last may be shorter. */
export class ChunkCutter<T extends TensorValues> {
  readonly chunks: KeptValues<T>[] = []
  rows = 0
  #open: T | null = null
  #used = 0

  constructor(
    private readonly chunking: Chunking,
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

  finish(): readonly KeptValues<T>[] {
    if (this.#open !== null && this.#used > 0) this.#keep(this.#open.slice(0, this.#used) as T)
    this.#open = null
    return this.chunks
  }

  /** The open chunk with room for one value at least. It grows, so that a small table stays small. */
  #room(): T {
    const open = this.#open
    if (open !== null && this.#used < open.length) return open
    const full = this.chunking.rows * this.width
    if (open !== null && open.length < full) {
      const larger = this.allocate(Math.min(full, open.length * GROWTH))
      larger.set(open)
      this.#open = larger
      return larger
    }
    if (open !== null) this.#keep(open)
    this.#used = 0
    const first = this.allocate(open === null ? Math.min(full, FIRST_ROWS * this.width) : full)
    this.#open = first
    return first
  }

  #keep(values: T): void {
    this.chunks.push(this.chunking.room.keep(values))
  }
}

/** A column of numbers. */
export class NumberSink implements ColumnSink {
  /** Whole numbers beyond 2^53 that lost their last digits. */
  roundedCount = 0
  readonly #cutter: ChunkCutter<Float64Array<ArrayBuffer>>

  constructor(
    private readonly name: string,
    chunking: Chunking,
  ) {
    this.#cutter = new ChunkCutter(chunking, (length) => new Float64Array(length))
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
    const chunks = this.#cutter.finish().map(numericChunk)
    return { name: this.name, chunks, dictionary: null, rounded: this.roundedCount }
  }
}

/** A column of texts, as codes into its dictionary. */
export class TextSink implements ColumnSink {
  readonly #cutter: ChunkCutter<Int32Array<ArrayBuffer>>

  constructor(
    private readonly name: string,
    private readonly dictionary: readonly string[],
    chunking: Chunking,
  ) {
    this.#cutter = new ChunkCutter(chunking, (length) => new Int32Array(length))
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
    const chunks = this.#cutter.finish().map(textChunk)
    return { name: this.name, chunks, dictionary: this.dictionary, rounded: 0 }
  }
}
