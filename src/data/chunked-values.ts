import type { Chunking } from './room/chunking'
import type { KeptValues } from './room/value-room'

/** So that a wide table of few rows stays small. */
const FIRST_CAPACITY = 64

type Values = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>

/** A column that grows value by value, kept in chunks of equally many rows; only the last is shorter. */
export class ChunkedValues<T extends Values> {
  private readonly full: KeptValues<T>[] = []
  private current: T
  private used = 0

  constructor(
    private readonly chunking: Chunking,
    private readonly allocate: (length: number) => T,
  ) {
    this.current = allocate(Math.min(FIRST_CAPACITY, chunking.rows))
  }

  push(value: number): void {
    if (this.used === this.current.length) this.grow()
    this.current[this.used++] = value
  }

  /** All chunks, the last one cut to size. Ends the column: no push may follow. */
  finish(): readonly KeptValues<T>[] {
    if (this.used > 0) this.keep(this.current.slice(0, this.used) as T)
    this.used = 0
    return this.full
  }

  /** Gives the memory of all chunks up. */
  drop(): void {
    for (const chunk of this.full.splice(0)) chunk.drop()
  }

  private grow(): void {
    const { rows } = this.chunking
    if (this.used === rows) {
      this.keep(this.current)
      this.current = this.allocate(Math.min(FIRST_CAPACITY, rows))
      this.used = 0
      return
    }
    const larger = this.allocate(Math.min(rows, this.used * 2))
    larger.set(this.current)
    this.current = larger
  }

  private keep(values: T): void {
    this.full.push(this.chunking.room.keep(values))
  }
}
