/** Rows of one chunk of a dataset. */
export const CHUNK_ROWS = 65_536
/** So that a wide table of few rows stays small. */
const FIRST_CAPACITY = 64

type Values = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>

/** A column that grows value by value, kept in chunks of {@link CHUNK_ROWS}; only the last is shorter. */
export class ChunkedValues<T extends Values> {
  private readonly full: T[] = []
  private current: T
  private used = 0

  constructor(private readonly allocate: (length: number) => T) {
    this.current = allocate(FIRST_CAPACITY)
  }

  push(value: number): void {
    if (this.used === this.current.length) this.grow()
    this.current[this.used++] = value
  }

  /** All chunks, the last one cut to size. Ends the column: no push may follow. */
  finish(): readonly T[] {
    if (this.used > 0) this.full.push(this.current.slice(0, this.used) as T)
    this.used = 0
    return this.full
  }

  private grow(): void {
    if (this.used === CHUNK_ROWS) {
      this.full.push(this.current)
      this.current = this.allocate(FIRST_CAPACITY)
      this.used = 0
      return
    }
    const larger = this.allocate(Math.min(CHUNK_ROWS, this.used * 2))
    larger.set(this.current)
    this.current = larger
  }
}
