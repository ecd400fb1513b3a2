import { crc32 } from '../../archive/crc32'
import { exifOrientation } from './exif-orientation'
import type { ImageFinding, ImageHeader } from './image-header'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const IHDR_BYTES = 13
/** Length, type and checksum of a chunk. */
const CHUNK_FRAME_BYTES = 12

const IHDR = 0x49484452
const IDAT = 0x49444154
const IEND = 0x49454e44
const ACTL = 0x6163544c
const EXIF = 0x65584966

/**
 * Header of a PNG file, every chunk of which is whole; null for another format.
 * Source: Portable Network Graphics (PNG) Specification, third edition, sections 5 and 11.
 */
export function readPngHeader(bytes: Uint8Array): ImageHeader | ImageFinding | null {
  if (!SIGNATURE.every((byte, index) => bytes[index] === byte)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = SIGNATURE.length
  if (at + CHUNK_FRAME_BYTES + IHDR_BYTES > bytes.length) return { finding: 'is cut short' }
  if (view.getUint32(at) !== IHDR_BYTES || view.getUint32(at + 4) !== IHDR) {
    return { finding: 'is a damaged PNG: its header is missing' }
  }
  const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
  const bits = view.getUint8(at + 16)
  let isAnimated = false
  let orientation = 1
  let hasPixels = false
  while (at + CHUNK_FRAME_BYTES <= bytes.length) {
    const length = view.getUint32(at)
    const type = view.getUint32(at + 4)
    const end = at + CHUNK_FRAME_BYTES + length
    if (end > bytes.length) return { finding: 'is cut short' }
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
      return { finding: 'is a damaged PNG: a checksum does not fit' }
    }
    if (type === IDAT) hasPixels = true
    // Behind the pixels it says nothing: such a file has one frame.
    else if (type === ACTL) isAnimated ||= !hasPixels && frames(view, at, length) > 1
    else if (type === EXIF) orientation = exifOrientation(bytes.subarray(at + 8, end - 4))
    else if (type === IEND) {
      if (!hasPixels) return { finding: 'is a damaged PNG: it holds no pixels' }
      return { format: 'PNG', ...size, bits, isCmyk: false, isAnimated, orientation }
    }
    at = end
  }
  return { finding: 'is cut short' }
}

function frames(view: DataView, at: number, length: number): number {
  return length >= 4 ? view.getUint32(at + 8) : 0
}
