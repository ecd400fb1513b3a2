import { ContentHash } from '../core/content-hash'
import type { DataFile } from './data-format'

const SLICE_BYTES = 2 ** 22

/** SHA-256 of a file's bytes, a few MiB of it in memory at a time. */
export async function hashFile(
  file: DataFile,
  onBytes: (doneBytes: number) => void,
): Promise<string> {
  const hash = new ContentHash()
  for (let start = 0; start < file.size; start += SLICE_BYTES) {
    const end = Math.min(file.size, start + SLICE_BYTES)
    hash.update(new Uint8Array(await file.slice(start, end).arrayBuffer()))
    onBytes(end)
  }
  return hash.digest()
}
