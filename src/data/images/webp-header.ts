import { exifOrientation } from './exif-orientation'
import type { ImageFinding, ImageHeader } from './image-header'

const fourCc = (text: string): number =>
  Array.from(text).reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0)
const RIFF = fourCc('RIFF')
const WEBP = fourCc('WEBP')
const LOSSY = fourCc('VP8 ')
const LOSSLESS = fourCc('VP8L')
const EXTENDED = fourCc('VP8X')
const FRAME = fourCc('ANMF')
const EXIF = fourCc('EXIF')
const EXIF_PREFIX = [0x45, 0x78, 0x69, 0x66, 0, 0]
const FIRST_CHUNK = 12
const CHUNK_HEAD = 8

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Header of a WebP file, every chunk of which is whole; null for another format.
 * Source: RFC 9649 (container and VP8L), RFC 6386 section 9.1 (VP8).
 */
export function readWebpHeader(bytes: Uint8Array): ImageHeader | ImageFinding | null {
  if (bytes.length < FIRST_CHUNK) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0) !== RIFF || view.getUint32(8) !== WEBP) return null
  const end = view.getUint32(4, true) + 8
  if (end > bytes.length) return { finding: 'is cut short' }
  let canvas: Size | null = null
  let image: Size | null = null
  let frames = 0
  let orientation = 1
  for (let at = FIRST_CHUNK; at + CHUNK_HEAD <= end;) {
    const type = view.getUint32(at)
    const length = view.getUint32(at + 4, true)
    if (at + CHUNK_HEAD + length > end) return { finding: 'is cut short' }
    const chunk = bytes.subarray(at + CHUNK_HEAD, at + CHUNK_HEAD + length)
    if (type === EXTENDED) canvas ??= extendedSize(chunk)
    else if (type === LOSSY) image ??= lossySize(chunk)
    else if (type === LOSSLESS) image ??= losslessSize(chunk)
    else if (type === FRAME) frames += 1
    else if (type === EXIF) orientation = exifOrientation(withoutPrefix(chunk))
    // Chunks begin at even places.
    at += CHUNK_HEAD + length + (length % 2)
  }
  if (image === null && frames === 0) return { finding: 'is a damaged WebP: it holds no pixels' }
  const size = canvas ?? image
  if (size === null) return { finding: 'is a damaged WebP: it has no size' }
  const isAnimated = frames > 1
  return { format: 'WebP', ...size, bits: 8, isCmyk: false, isAnimated, orientation }
}

function extendedSize(chunk: Uint8Array): Size | null {
  if (chunk.length < 10) return null
  return { width: uint24(chunk, 4) + 1, height: uint24(chunk, 7) + 1 }
}

/** Behind three bytes of a key frame's tag and its start code. */
function lossySize(chunk: Uint8Array): Size | null {
  if (chunk.length < 10) return null
  const isKeyFrame = ((chunk[0] ?? 1) & 1) === 0
  const hasStart = chunk[3] === 0x9d && chunk[4] === 0x01 && chunk[5] === 0x2a
  if (!isKeyFrame || !hasStart) return null
  // The two upper bits of each tell a decoder how to enlarge it.
  return { width: uint16(chunk, 6) & 0x3fff, height: uint16(chunk, 8) & 0x3fff }
}

function losslessSize(chunk: Uint8Array): Size | null {
  if (chunk.length < 5 || chunk[0] !== 0x2f) return null
  const low = uint16(chunk, 1)
  const high = uint16(chunk, 3)
  return { width: (low & 0x3fff) + 1, height: ((low >>> 14) | ((high & 0x0fff) << 2)) + 1 }
}

function withoutPrefix(chunk: Uint8Array): Uint8Array {
  const isPrefixed = EXIF_PREFIX.every((byte, index) => chunk[index] === byte)
  return isPrefixed ? chunk.subarray(EXIF_PREFIX.length) : chunk
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
}

function uint24(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) | ((bytes[at + 2] ?? 0) << 16)
}
