import type { Compressors } from 'hyparquet'
import { compressors, decompressZstd } from 'hyparquet-compressors'

/** Of every codec that the format names but LZO, which nothing writes. */
export const codecs: Compressors = {
  ...compressors,
  // Given no buffer, the decoder takes as much memory as the data claims to need.
  ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
}
