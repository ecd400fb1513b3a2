import { corruptTable } from '../columnar/corrupt-table'

const MAGIC = 0x184d2204
const VERSION = 1
const LEAST_MATCH = 4
/** Of one byte in, at most 255 come out. */
const MOST_GROWTH = 255

/**
 * Unpacks one LZ4 frame of a known length. The codecs of Parquet know LZ4 blocks alone, and blocks of
 * a frame may refer to the blocks before them.
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 */
export function unpackLz4Frame(packed: Uint8Array, length: number): Uint8Array {
  if (!(length >= 0) || length > packed.length * MOST_GROWTH) throw damaged()
  const output = new Uint8Array(length)
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const flags = view.getUint8(4)
  if (view.getUint32(0, true) !== MAGIC || flags >> 6 !== VERSION) throw damaged()
  const hasBlockSums = (flags & 0x10) !== 0
  const hasLength = (flags & 0x08) !== 0
  const hasDictionary = (flags & 0x01) !== 0
  if (hasDictionary) throw corruptTable('is packed with a dictionary that is not in it')
  // Magic, flags, block size, and a byte that sums up the header.
  let offset = hasLength ? 15 : 7
  let filled = 0
  for (;;) {
    const head = view.getUint32(offset, true)
    offset += 4
    if (head === 0) break
    const size = head & 0x7fffffff
    if (size > packed.length - offset) throw damaged()
    const block = packed.subarray(offset, offset + size)
    if (head >>> 31 === 1) {
      if (size > length - filled) throw damaged()
      output.set(block, filled)
      filled += size
    } else {
      filled = unpackBlock(block, output, filled)
    }
    offset += size + (hasBlockSums ? 4 : 0)
  }
  if (filled !== length) throw damaged()
  return output
}

/** @returns the length of what is unpacked so far */
function unpackBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let [offset, filled] = [0, start]
  const longer = (nibble: number): number => {
    if (nibble < 15) return nibble
    let sum = nibble
    for (;;) {
      const byte = block[offset++]
      if (byte === undefined) throw damaged()
      sum += byte
      if (byte < 255) return sum
    }
  }
  while (offset < block.length) {
    const token = block[offset++] as number
    const literals = longer(token >> 4)
    if (literals > block.length - offset || literals > output.length - filled) throw damaged()
    output.set(block.subarray(offset, offset + literals), filled)
    offset += literals
    filled += literals
    // The last sequence of a block has literals alone.
    if (offset >= block.length) break
    const distance = (block[offset] as number) | ((block[offset + 1] ?? 0) << 8)
    offset += 2
    const length = longer(token & 15) + LEAST_MATCH
    if (distance === 0 || distance > filled || length > output.length - filled) throw damaged()
    if (distance >= length) output.copyWithin(filled, filled - distance, filled - distance + length)
    else
      for (let at = filled; at < filled + length; at += 1)
        output[at] = output[at - distance] as number
    filled += length
  }
  return filled
}

function damaged(): Error {
  return corruptTable('is damaged: a part packed with LZ4 cannot be unpacked')
}
