import type { InputBlock, Numbers } from '../contract/reader'
import type { Outcome } from '../core/failure'
import type { Piece } from './piece-queue'

interface BlockSource {
  block(layout: number, start: number, end: number): Promise<Outcome<InputBlock>>
}

const MIB = 1024 ** 2
/** Blocks kept for the next model, where all of a layout have room. */
const CACHE_BYTES = 256 * MIB
/**
 * Where they have none, for lanes that are at about the same rows: a model that begins anew would find
 * that what it needs has just gone.
 */
const STREAMED_BYTES = 64 * MIB

/**
 * The rows as tensors' bytes, built once per distinct input layout and shared by all models. Blocks
 * are aligned to the piece size, so that every model asks for the same ones.
 */
export class InputBlocks {
  readonly #blocks = new Map<string, { block: Promise<Outcome<InputBlock>>; bytes: number }>()
  #bytes = 0

  constructor(
    private readonly source: BlockSource,
    private readonly rows: number,
    private readonly pieceRows: number,
  ) {}

  /** One block for each of `layouts`, covering the piece. */
  async forPiece(
    piece: Piece,
    layouts: readonly number[],
  ): Promise<Outcome<readonly InputBlock[]>> {
    const blocks: InputBlock[] = []
    for (const outcome of await Promise.all(layouts.map((layout) => this.#get(layout, piece)))) {
      if (!outcome.ok) return outcome
      blocks.push(outcome.value)
    }
    return { ok: true, value: blocks }
  }

  #get(layout: number, piece: Piece): Promise<Outcome<InputBlock>> {
    const start = piece.start - (piece.start % this.pieceRows)
    const key = `${String(layout)}:${String(start)}`
    const known = this.#blocks.get(key)
    if (known !== undefined) {
      // Re-inserted last: a Map's order is the order of use.
      this.#blocks.delete(key)
      this.#blocks.set(key, known)
      return known.block
    }
    const end = Math.min(this.rows, start + this.pieceRows)
    const entry = { block: this.source.block(layout, start, end), bytes: 0 }
    this.#blocks.set(key, entry)
    void entry.block.then((outcome) => {
      if (outcome.ok) this.#count(entry, outcome.value)
      else this.#blocks.delete(key)
    })
    return entry.block
  }

  #count(entry: { bytes: number }, block: InputBlock): void {
    entry.bytes = byteLength(block.data)
    this.#bytes += entry.bytes
    const all = entry.bytes * (this.rows / block.rows)
    const most = all > CACHE_BYTES ? STREAMED_BYTES : CACHE_BYTES
    for (const [key, { bytes }] of this.#blocks) {
      if (this.#bytes <= most || bytes === 0) break
      this.#blocks.delete(key)
      this.#bytes -= bytes
    }
  }
}

function byteLength(data: Numbers | readonly string[]): number {
  if (ArrayBuffer.isView(data)) return data.byteLength
  return data.reduce((sum, text) => sum + 2 * text.length, 0)
}
