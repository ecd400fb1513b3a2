import { ARROW_FIELDS, SCHEMA_DEPTH, ARROW_BATCH_ROWS } from '../../core/caps'
import { corruptTable } from '../columnar/corrupt-table'

/** A byte of a packed batch holds no more bytes than this. */
const MOST_GROWTH = 4096
const VERSION_4 = 3
const UNION = 14

export type MessageKind = 'schema' | 'dictionary' | 'records' | 'other'

export interface MessageHead {
  readonly kind: MessageKind
  readonly bodyLength: number
  /** Of dictionaries alone. */
  readonly dictionary: { readonly id: bigint; readonly isDelta: boolean } | null
}

const KINDS: readonly MessageKind[] = ['other', 'schema', 'dictionary', 'records']

/**
 * Walks the FlatBuffers metadata of an Arrow message before it is decoded: the decoder believes
 * every length in it, and reads zeros past its end.
 * @throws {RangeError} where an offset lies outside
 */
export function checkMetadata(bytes: Uint8Array): MessageHead {
  return new MetadataWalker(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)).walk()
}

/** Place of a field of a table by its slot in the table's directory; 0 where it is absent. */
type Table = (slot: number) => number

class MetadataWalker {
  #fields = 0

  constructor(private readonly view: DataView) {}

  walk(): MessageHead {
    const { view } = this
    const message = this.#table(0)
    const [version, type, header, length] = [message(4), message(6), message(8), message(10)]
    const kind = KINDS[type === 0 ? 0 : view.getUint8(type)] ?? 'other'
    const bodyLength = length === 0 ? 0 : Number(view.getBigInt64(length, true))
    if (!Number.isSafeInteger(bodyLength) || bodyLength < 0) throw impossible()
    if (kind === 'other' || header === 0) return { kind: 'other', bodyLength, dictionary: null }
    const regionBytes = version !== 0 && view.getInt16(version, true) >= VERSION_4 ? 16 : 24
    if (kind === 'schema') this.#schema(header)
    else if (kind === 'records') this.#records(header, regionBytes, bodyLength)
    if (kind !== 'dictionary') return { kind, bodyLength, dictionary: null }
    const batch = this.#table(header)
    const [id, data, delta] = [batch(4), batch(6), batch(8)]
    if (data === 0) throw impossible()
    this.#records(data, regionBytes, bodyLength)
    return {
      kind,
      bodyLength,
      dictionary: {
        id: id === 0 ? 0n : view.getBigInt64(id, true),
        isDelta: delta !== 0 && view.getUint8(delta) !== 0,
      },
    }
  }

  #schema(place: number): void {
    const schema = this.#table(place)
    this.#vector(schema(8), 4)
    for (const field of this.#vector(schema(6), 4)) this.#field(field, 0)
  }

  #field(place: number, depth: number): void {
    this.#fields += 1
    if (depth > SCHEMA_DEPTH || this.#fields > ARROW_FIELDS) throw impossible()
    const field = this.#table(place)
    const [type, typeTable] = [field(8), field(10)]
    if (type !== 0 && typeTable !== 0 && this.view.getUint8(type) === UNION) {
      this.#vector(this.#table(typeTable)(6), 4)
    }
    this.#vector(field(16), 4)
    for (const child of this.#vector(field(14), 4)) this.#field(child, depth + 1)
  }

  #records(place: number, regionBytes: number, bodyLength: number): void {
    const batch = this.#table(place)
    const isPacked = batch(10) !== 0
    const most = Math.min(ARROW_BATCH_ROWS, bodyLength * 8 * (isPacked ? MOST_GROWTH : 1))
    for (const node of this.#vector(batch(6), 16)) {
      const rows = Number(this.view.getBigInt64(node, true))
      if (rows < 0 || rows > most) throw impossible()
    }
    const regions = this.#vector(batch(8), regionBytes).length
    for (const count of this.#vector(batch(12), 8)) {
      if (Number(this.view.getBigInt64(count, true)) > regions) throw impossible()
    }
  }

  #table(place: number): Table {
    const { view } = this
    const start = place + view.getInt32(place, true)
    const directory = start - view.getInt32(start, true)
    const size = view.getInt16(directory, true)
    return (slot) => {
      const offset = slot < size ? view.getInt16(directory + slot, true) : 0
      return offset === 0 ? 0 : start + offset
    }
  }

  /** Places of the elements of a vector. */
  #vector(place: number, stride: number): readonly number[] {
    if (place === 0) return []
    const base = place + this.view.getInt32(place, true)
    const count = this.view.getInt32(base, true)
    if (count < 0 || base + 4 + count * stride > this.view.byteLength) throw impossible()
    return Array.from({ length: count }, (_, index) => base + 4 + index * stride)
  }
}

function impossible(): Error {
  return corruptTable('is damaged: a header claims what it cannot hold')
}
