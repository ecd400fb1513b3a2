import { capOf, inheritCaps } from '../core/caps'
import { ContentHash } from '../core/content-hash'
import { Refusal } from '../core/refusal'
import type { DataFile } from './data-format'

const SLICE_BYTES = 2 ** 20
/** Browsers unpack a whole piece before anyone can stop them: this one can swell to 16 MiB at most. */
const PIECE_BYTES = 2 ** 14
/** Handed to the browser's blobs in parts, which it keeps on disk where they are large. */
const PART_BYTES = 2 ** 25
/** A ratio says nothing before that many have come out. Tables of zeros pack 200 times. */
const RATIO_FREE_BYTES = 2 ** 26

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b
}

/**
 * What is packed in a gzip file, under its name, with the SHA-256 of the packed bytes.
 * @throws {Refusal} where it is damaged or unpacks to more than any table
 */
export async function unpackGzip(
  file: DataFile,
  onBytes: (doneBytes: number) => void,
): Promise<{ readonly unpacked: DataFile; readonly sha256: string }> {
  const [bytesCap, ratioCap] = [capOf(file, 'gzip-bytes'), capOf(file, 'gzip-ratio')]
  const hash = new ContentHash()
  const packed = pieces(file, (bytes, end) => {
    hash.update(bytes)
    onBytes(end)
  })
  const reader = packed.pipeThrough(new DecompressionStream('gzip')).getReader()
  const parts: Blob[] = []
  let held: Uint8Array<ArrayBuffer>[] = []
  let [heldBytes, total] = [0, 0]
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      if (error instanceof DOMException) throw error
      throw damaged()
    })
    if (done) break
    held.push(value)
    heldBytes += value.length
    total += value.length
    if (total > bytesCap || isBomb(total, file.size, ratioCap)) {
      await reader.cancel().catch(() => undefined)
      throw tooLarge(total, file.size, { bytesCap, ratioCap })
    }
    if (heldBytes < PART_BYTES) continue
    parts.push(new Blob(held))
    held = []
    heldBytes = 0
  }
  const unpacked = new File([...parts, ...held], file.name)
  inheritCaps(file, unpacked)
  return { unpacked, sha256: hash.digest() }
}

function pieces(
  file: DataFile,
  onBytes: (bytes: Uint8Array, end: number) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let slice = new Uint8Array()
  let [at, read] = [0, 0]
  return new ReadableStream({
    async pull(controller) {
      if (at === slice.length) {
        if (read === file.size) {
          controller.close()
          return
        }
        const end = Math.min(file.size, read + SLICE_BYTES)
        slice = new Uint8Array(await file.slice(read, end).arrayBuffer())
        onBytes(slice, end)
        at = 0
        read = end
      }
      controller.enqueue(slice.subarray(at, at + PIECE_BYTES))
      at = Math.min(slice.length, at + PIECE_BYTES)
    },
  })
}

function isBomb(unpacked: number, packed: number, ratioCap: number): boolean {
  return unpacked > RATIO_FREE_BYTES && unpacked > packed * ratioCap
}

function damaged(): Refusal {
  return new Refusal(
    'data-malformed',
    'is a damaged gzip archive: it is cut, changed on its way, or has something behind its end',
    'Copy or download the file again, or unpack it with gunzip and add what comes out.',
  )
}

function tooLarge(
  unpacked: number,
  packed: number,
  { bytesCap, ratioCap }: { readonly bytesCap: number; readonly ratioCap: number },
): Refusal {
  const count = (bytes: number) => bytes.toLocaleString('en-GB')
  const isTight = isBomb(unpacked, packed, ratioCap)
  return new Refusal(
    'file-unsafe',
    isTight
      ? `is an unsafe archive: it unpacks ${count(packed)} bytes to more than ${count(ratioCap)} times as many`
      : `is an unsafe archive: it unpacks to more than ${count(bytesCap)} bytes`,
    'If you trust it, unpack it with gunzip and add what comes out.',
    // How far it goes is not known before it is unpacked.
    isTight
      ? { name: 'gzip-ratio', wanted: 2 * ratioCap }
      : { name: 'gzip-bytes', wanted: 2 * bytesCap },
  )
}
