import { decompressZstd } from 'hyparquet-compressors'
import { corruptTable } from './corrupt-table'

/** A block of four bytes stands for 128 KiB at most. */
const MOST_GROWTH = 2 ** 15

/** Unpacks Zstandard. Given no buffer, the decoder takes as much memory as the data claims to need. */
export function unpackZstd(packed: Uint8Array, length: number): Uint8Array {
  if (!(length >= 0) || length > packed.length * MOST_GROWTH) {
    throw corruptTable('is damaged: a part claims an impossible size')
  }
  return decompressZstd(packed, new Uint8Array(length))
}
