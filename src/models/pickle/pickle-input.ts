import { PICKLE_NAME_BYTES } from '../../core/caps'
import { corruptPickle } from './pickle-refusal'

/** The bytes of a pickle from front to back. Every length is held against what is left. */
export class PickleInput {
  private at = 0
  private readonly view: DataView

  constructor(private readonly bytes: Uint8Array<ArrayBuffer>) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get left(): number {
    return this.bytes.length - this.at
  }

  /** A view of the next bytes. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const start = this.skip(length)
    return this.bytes.subarray(start, start + length)
  }

  uint8(): number {
    return this.view.getUint8(this.skip(1))
  }

  uint16(): number {
    return this.view.getUint16(this.skip(2), true)
  }

  uint32(): number {
    return this.view.getUint32(this.skip(4), true)
  }

  int32(): number {
    return this.view.getInt32(this.skip(4), true)
  }

  float64BigEndian(): number {
    return this.view.getFloat64(this.skip(8), false)
  }

  /** An unsigned 64-bit length; one that exceeds the pickle is refused. */
  length64(): number {
    const length = this.view.getBigUint64(this.skip(8), true)
    if (length > BigInt(this.left)) throw tooShort()
    return Number(length)
  }

  /** Little-endian two's complement of `length` bytes; no bytes are 0. */
  integer(length: number): number | bigint {
    const bytes = this.take(length)
    let value = 0n
    for (let index = length - 1; index >= 0; index--) {
      value = (value << 8n) | BigInt(bytes[index] ?? 0)
    }
    const signed = BigInt.asIntN(length * 8, value)
    const asNumber = Number(signed)
    return Number.isSafeInteger(asNumber) ? asNumber : signed
  }

  text(length: number): string {
    const bytes = this.take(length)
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      throw corruptPickle('text that is not UTF-8')
    }
  }

  /** Text up to the next line feed, as GLOBAL has. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at)
    if (end < 0) throw tooShort()
    if (end - this.at > PICKLE_NAME_BYTES) throw corruptPickle('a name of more than 1,024 bytes')
    const text = this.text(end - this.at)
    this.at = end + 1
    return text
  }

  private skip(length: number): number {
    if (length > this.left) throw tooShort()
    const start = this.at
    this.at += length
    return start
  }
}

function tooShort(): Error {
  return corruptPickle('it ends too early')
}
