/** A power of two. */
const SLOTS = 2 ** 15
/** Bytes of the longest cell that is kept; longer ones are seldom met twice. */
const LONGEST = 64

/** What {@link CellCache.find} gives for a cell that it does not hold. */
export const UNKNOWN = -2

/**
 * The codes of cells that came before, by column and bytes, so that a text that comes again is not
 * made again. Each cell has one slot, and takes it from another: memory and time are the same for any
 * file, also for one whose hashes were made to clash.
 */
export class CellCache {
  private readonly hashes = new Int32Array(SLOTS)
  private readonly columns = new Int32Array(SLOTS)
  private readonly codes = new Int32Array(SLOTS)
  /** 0 where the slot is free: an empty cell is never kept. */
  private readonly lengths = new Uint8Array(SLOTS)
  private readonly bytes = new Uint8Array(SLOTS * LONGEST)
  private source: Uint8Array = new Uint8Array(0)

  /** From here on, places of cells are places in `source`. */
  readFrom(source: Uint8Array): void {
    this.source = source
  }

  /** `hash` is that of the cell's bytes. */
  find(start: number, end: number, hash: number, column: number): number {
    const slot = slotOf(hash, column)
    const isOther =
      this.hashes[slot] !== hash ||
      this.columns[slot] !== column ||
      this.lengths[slot] !== end - start
    if (isOther) return UNKNOWN
    const { bytes, source } = this
    for (let kept = slot * LONGEST, at = start; at < end; at += 1, kept += 1) {
      if (bytes[kept] !== source[at]) return UNKNOWN
    }
    return this.codes[slot] as number
  }

  keep(start: number, end: number, hash: number, column: number, code: number): void {
    const { bytes, source } = this
    const length = end - start
    if (length > LONGEST) return
    const slot = slotOf(hash, column)
    this.hashes[slot] = hash
    this.columns[slot] = column
    this.codes[slot] = code
    this.lengths[slot] = length
    const kept = slot * LONGEST
    for (let at = 0; at < length; at += 1) bytes[kept + at] = source[start + at] as number
  }
}

function slotOf(hash: number, column: number): number {
  const mixed = hash ^ Math.imul(column + 1, 0x9e3779b1)
  return (mixed ^ (mixed >>> 15)) & (SLOTS - 1)
}
