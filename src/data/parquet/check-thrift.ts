import { SCHEMA_DEPTH } from '../../core/caps'
import { corruptTable } from '../columnar/corrupt-table'

const STOP = 0
const TRUE = 1
const FALSE = 2
const BYTE = 3
const I16 = 4
const I64 = 6
const DOUBLE = 7
const BINARY = 8
const LIST = 9
const STRUCT = 12

/**
 * Walks a struct of Thrift's compact protocol before anything is made of it: a list may claim more
 * elements than there are bytes, for which a reader would take memory.
 * @returns the byte after the struct
 */
export function checkThrift(bytes: Uint8Array, start: number): number {
  return new ThriftWalker(bytes, start).walkStruct(0)
}

class ThriftWalker {
  constructor(
    private readonly bytes: Uint8Array,
    private offset: number,
  ) {}

  walkStruct(depth: number): number {
    if (depth > SCHEMA_DEPTH) throw corruptTable('is damaged: its header nests too deeply')
    for (;;) {
      const field = this.byte()
      const type = field & 0x0f
      if (type === STOP) return this.offset
      if (field >> 4 === 0) this.varint()
      this.walkElement(type, depth, false)
    }
  }

  private walkElement(type: number, depth: number, isInList: boolean): void {
    if (type === TRUE || type === FALSE) {
      if (isInList) this.byte()
    } else if (type === BYTE) this.byte()
    else if (type >= I16 && type <= I64) this.varint()
    else if (type === DOUBLE) this.skip(8)
    else if (type === BINARY) this.skip(this.varint())
    else if (type === LIST) this.walkList(depth)
    else if (type === STRUCT) this.walkStruct(depth + 1)
    else throw corruptTable('is damaged: its header holds an unknown type')
  }

  private walkList(depth: number): void {
    const head = this.byte()
    const size = head >> 4 === 15 ? this.varint() : head >> 4
    // The smallest element, an empty struct, is one byte.
    if (size > this.bytes.length - this.offset) throw tooLong()
    for (let index = 0; index < size; index += 1) this.walkElement(head & 0x0f, depth + 1, true)
  }

  private varint(): number {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw corruptTable('is damaged: its header holds an endless number')
  }

  private skip(count: number): void {
    if (count > this.bytes.length - this.offset) throw tooLong()
    this.offset += count
  }

  private byte(): number {
    const byte = this.bytes[this.offset]
    if (byte === undefined) throw tooLong()
    this.offset += 1
    return byte
  }
}

function tooLong(): Error {
  return corruptTable('is cut or damaged: a header goes on past its end')
}
