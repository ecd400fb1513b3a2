import type { CompressionCodec, Compressors } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { unpackZstd } from '../columnar/unpack-zstd'

/** Of every codec that the format names but LZO, which nothing writes. */
export const codecs: Compressors = { ...compressors, ZSTD: unpackZstd }

/** Bytes that one packed byte can stand for; Brotli knows no such limit. */
export const MOST_GROWTH: Partial<Record<CompressionCodec, number>> = {
  UNCOMPRESSED: 1,
  SNAPPY: 32,
  GZIP: 1100,
  LZ4: 256,
  LZ4_RAW: 256,
}
