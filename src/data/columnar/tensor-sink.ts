import type { DraftColumn } from '../draft-dataset'
import type { Chunking } from '../room/chunking'
import { tensorChunk } from '../room/kept-chunk'
import { ChunkCutter, type Cells } from './column-sink'

/** A column whose rows each hold equally many numbers. */
export class TensorSink {
  readonly #cutter: ChunkCutter<Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>

  constructor(
    private readonly name: string,
    readonly width: number,
    chunking: Chunking,
    isSingle: boolean,
  ) {
    this.#cutter = new ChunkCutter<Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
      chunking,
      (length) => (isSingle ? new Float32Array(length) : new Float64Array(length)),
      width,
    )
  }

  get rows(): number {
    return this.#cutter.rows
  }

  /** `cells` from `from` up to `to`: a multiple of the width. */
  append(cells: Cells, from: number, to: number): void {
    this.#cutter.append(cells, from, to)
  }

  /** Every number of `rows` rows missing. */
  appendMissing(rows: number): void {
    this.#cutter.fill(NaN, rows)
  }

  finish(): DraftColumn {
    const { name, width } = this
    const chunks = this.#cutter.finish().map((kept) => tensorChunk(kept, width))
    return { name, chunks, dictionary: null, shape: [width], rounded: 0 }
  }
}
