import type { ByteSource } from './byte-source'

const LEAST_BYTES = 1024
const MOST_BYTES = 2 ** 20

/**
 * A source for small reads one after another, whose order rises: what follows is read with them, the more
 * the closer they lie together. A file of many small parts takes some reads in place of one for each part;
 * of large parts next to nothing is read in vain.
 */
export function readAhead(source: ByteSource): ByteSource {
  let window = new Uint8Array()
  let from = 0
  let ahead = LEAST_BYTES
  return {
    size: source.size,
    read: async (start, end) => {
      const isHeld = start >= from && end <= from + window.length
      if (!isHeld) {
        const gap = start - (from + window.length)
        ahead = gap <= ahead ? Math.min(MOST_BYTES, ahead * 2) : LEAST_BYTES
        from = start
        window = await source.read(start, Math.max(end, Math.min(source.size, start + ahead)))
      }
      return window.subarray(start - from, end - from)
    },
  }
}
