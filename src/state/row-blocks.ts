import type { RowRecord } from '../core/exploration'

export const BLOCK_ROWS = 100
/** The one that came first goes first. */
const MOST_BLOCKS = 40

/** Rows that have come from the reader, block by block, and the blocks that are asked for. */
export class RowBlocks {
  readonly #blocks = new Map<number, readonly RowRecord[]>()
  readonly #asked = new Set<number>()

  row(place: number): RowRecord | null {
    return this.#blocks.get(Math.floor(place / BLOCK_ROWS))?.[place % BLOCK_ROWS] ?? null
  }

  isAsked(block: number): boolean {
    return this.#blocks.has(block) || this.#asked.has(block)
  }

  ask(block: number): void {
    this.#asked.add(block)
  }

  /** @param rows null where none came */
  take(block: number, rows: readonly RowRecord[] | null): void {
    this.#asked.delete(block)
    if (rows === null) return
    this.#blocks.set(block, rows)
    const [oldest] = this.#blocks.keys()
    if (this.#blocks.size > MOST_BLOCKS && oldest !== undefined) this.#blocks.delete(oldest)
  }
}
