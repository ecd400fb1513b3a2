/** Bytes of texts that one file may have decoded: names can be shared by many tables. */
const TEXT_BUDGET = 64 * 1024 ** 2

/** A FlatBuffers file while it is read: https://flatbuffers.dev/internals. */
export class FlatBuffer {
  readonly view: DataView
  #textBytes = 0

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get root(): FlatTable {
    return new FlatTable(this, this.view.getUint32(0, true))
  }

  text(at: number): string {
    const length = this.view.getUint32(at, true)
    this.#textBytes += length
    if (this.#textBytes > TEXT_BUDGET) throw new RangeError('too much text')
    return new TextDecoder().decode(this.slice(at + 4, length))
  }

  slice(at: number, length: number): Uint8Array {
    if (at + length > this.bytes.length) throw new RangeError('outside of the file')
    return this.bytes.subarray(at, at + length)
  }
}

/**
 * One table, whose fields are read by their place in the schema. Every offset may lie: reading outside
 * of the file throws a RangeError, and no length is believed before it was found to fit the file.
 */
export class FlatTable {
  readonly #fields: number
  readonly #fieldBytes: number

  constructor(
    private readonly buffer: FlatBuffer,
    private readonly at: number,
  ) {
    const { view } = buffer
    this.#fields = at - view.getInt32(at, true)
    this.#fieldBytes = view.getUint16(this.#fields, true)
  }

  int8(field: number): number {
    const at = this.#find(field)
    return at === null ? 0 : this.buffer.view.getInt8(at)
  }

  int32(field: number): number {
    const at = this.#find(field)
    return at === null ? 0 : this.buffer.view.getInt32(at, true)
  }

  int64(field: number): bigint {
    const at = this.#find(field)
    return at === null ? 0n : this.buffer.view.getBigInt64(at, true)
  }

  text(field: number): string {
    const at = this.#target(field)
    return at === null ? '' : this.buffer.text(at)
  }

  table(field: number): FlatTable | null {
    const at = this.#target(field)
    return at === null ? null : new FlatTable(this.buffer, at)
  }

  bytes(field: number): Uint8Array {
    const [at, length] = this.#vector(field, 1)
    return this.buffer.slice(at, length)
  }

  tables(field: number): readonly FlatTable[] {
    return this.#offsets(field).map((at) => new FlatTable(this.buffer, at))
  }

  texts(field: number): readonly string[] {
    return this.#offsets(field).map((at) => this.buffer.text(at))
  }

  int64s(field: number): readonly bigint[] {
    const [at, length] = this.#vector(field, 8)
    return Array.from({ length }, (_, i) => this.buffer.view.getBigInt64(at + i * 8, true))
  }

  /** Where a field lies; null where the file leaves it out. */
  #find(field: number): number | null {
    const entry = 4 + field * 2
    if (entry + 2 > this.#fieldBytes) return null
    const offset = this.buffer.view.getUint16(this.#fields + entry, true)
    return offset === 0 ? null : this.at + offset
  }

  #target(field: number): number | null {
    const at = this.#find(field)
    return at === null ? null : at + this.buffer.view.getUint32(at, true)
  }

  #vector(field: number, size: number): readonly [number, number] {
    const at = this.#target(field)
    if (at === null) return [0, 0]
    const length = this.buffer.view.getUint32(at, true)
    this.buffer.slice(at + 4, length * size)
    return [at + 4, length]
  }

  #offsets(field: number): readonly number[] {
    const [at, length] = this.#vector(field, 4)
    return Array.from({ length }, (_, i) => {
      const entry = at + i * 4
      return entry + this.buffer.view.getUint32(entry, true)
    })
  }
}
