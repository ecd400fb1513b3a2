import { exifOrientation } from './exif-orientation'
import type { ImageFinding, ImageHeader } from './image-header'

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
const APP1 = 0xe1
/** Markers without a length: TEM and the restarts. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
/** C4, C8 and CC are tables and a reserve; the other markers of the range begin a frame. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
/** Baseline, extended sequential and progressive, with Huffman codes: what browsers decode. */
const DECODED_FRAMES = new Set([0xc0, 0xc1, 0xc2])
const EXIF_PREFIX = [0x45, 0x78, 0x69, 0x66, 0, 0]
const FRAME_BYTES = 8

type Frame = Pick<ImageHeader, 'width' | 'height' | 'bits' | 'isCmyk'>

/**
 * Header of a JPEG file that is whole to its end marker; null for another format.
 * Source: ITU-T T.81, annex B; orientation: Exif 2.32, 4.6.2.
 */
export function readJpegHeader(bytes: Uint8Array): ImageHeader | ImageFinding | null {
  if (bytes[0] !== 0xff || bytes[1] !== START || bytes[2] !== 0xff) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let frame: Frame | null = null
  let orientation = 1
  let hasScan = false
  let at = 2
  for (;;) {
    at = nextMarker(bytes, at, hasScan)
    const marker = bytes[at + 1]
    if (marker === undefined) return { finding: 'is cut short' }
    if (marker === END) break
    at += 2
    if (isBare(marker)) continue
    if (at + 2 > bytes.length) return { finding: 'is cut short' }
    const length = view.getUint16(at)
    if (length < 2) return { finding: 'is a damaged JPEG: a segment has no length' }
    if (at + length > bytes.length) return { finding: 'is cut short' }
    const segment = bytes.subarray(at + 2, at + length)
    if (isFrame(marker) && frame === null) {
      const read = readFrame(marker, segment)
      if ('finding' in read) return read
      frame = read
    } else if (marker === APP1 && EXIF_PREFIX.every((byte, index) => segment[index] === byte)) {
      orientation = exifOrientation(segment.subarray(EXIF_PREFIX.length))
    } else if (marker === SCAN) hasScan = true
    at += length
  }
  if (frame === null || !hasScan) return { finding: 'is a damaged JPEG: it holds no pixels' }
  return { format: 'JPEG', ...frame, isAnimated: false, orientation }
}

/**
 * Where the next marker begins, the end of the bytes where there is none. Behind a scan stand its coded
 * pixels, in which 0xFF is followed by 0.
 */
function nextMarker(bytes: Uint8Array, from: number, isInScan: boolean): number {
  let at = from
  for (;;) {
    at = bytes.indexOf(0xff, at)
    if (at < 0 || at + 1 >= bytes.length) return bytes.length
    const next = bytes[at + 1] ?? 0
    // 0xFF before a marker is filling.
    if (next === 0xff) at += 1
    else if (next === 0 || (isInScan && isBare(next))) at += 2
    else return at
  }
}

function readFrame(marker: number, segment: Uint8Array): Frame | ImageFinding {
  if (!DECODED_FRAMES.has(marker)) {
    return { finding: 'is a JPEG of a kind that browsers do not decode (lossless or arithmetic)' }
  }
  if (segment.length < FRAME_BYTES - 2) return { finding: 'is cut short' }
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength)
  const bits = view.getUint8(0)
  if (bits !== 8) return { finding: `has ${String(bits)} bits per channel, a JPEG is read with 8` }
  const [height, width] = [view.getUint16(1), view.getUint16(3)]
  return { width, height, bits, isCmyk: view.getUint8(5) === 4 }
}
