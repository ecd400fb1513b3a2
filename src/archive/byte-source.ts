/** Bytes that can be read by range: a file on disk, or a piece of memory. */
export interface ByteSource {
  readonly size: number
  /** The bytes from `start` up to `end`, both within the source. May be a view: do not write. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>
}

export function byteSource(from: Blob | Uint8Array<ArrayBuffer>): ByteSource {
  if (from instanceof Uint8Array) {
    return {
      size: from.length,
      read: (start, end) => Promise.resolve(from.subarray(start, end)),
    }
  }
  return {
    size: from.size,
    read: async (start, end) => new Uint8Array(await from.slice(start, end).arrayBuffer()),
  }
}
