import { corruptZip, unsafeZip } from './zip-limits'

/**
 * Browsers unpack a whole piece before anyone can stop them, so the pieces are small: deflate can
 * swell this one to 16 MiB at most.
 */
const PIECE_BYTES = 16 * 1024

/** Unpacks raw deflate into exactly `size` bytes, counting what really comes out. */
export async function inflate(
  packed: Uint8Array<ArrayBuffer>,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = new Uint8Array(size)
  const stream = pieces(packed).pipeThrough(new DecompressionStream('deflate-raw'))
  const reader = stream.getReader()
  let length = 0
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw corruptZip('its packed data are broken')
    })
    if (done) break
    if (length + value.length > size) {
      await reader.cancel().catch(() => undefined)
      throw unsafeZip('a file in it unpacks to more than it declares')
    }
    unpacked.set(value, length)
    length += value.length
  }
  if (length !== size) throw unsafeZip('a file in it unpacks to less than it declares')
  return unpacked
}

function pieces(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) {
        controller.close()
        return
      }
      controller.enqueue(bytes.subarray(at, at + PIECE_BYTES))
      at += PIECE_BYTES
    },
  })
}
