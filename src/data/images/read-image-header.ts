import { CAPS } from '../../core/caps'
import { isGif, isSvg } from './foreign-image'
import type { ImageFinding, ImageHeader } from './image-header'
import { readJpegHeader } from './jpeg-header'
import { readPngHeader } from './png-header'
import { readWebpHeader } from './webp-header'

/**
 * Reads the header of a whole image file by its content, and walks over its structure, so that a file
 * that was cut short is found before a decoder fills what is missing with grey. Never throws.
 */
export function readImageHeader(
  bytes: Uint8Array,
  pixelsCap: number = CAPS['image-pixels'].value,
): ImageHeader | ImageFinding {
  if (bytes.length === 0) return { finding: 'is empty' }
  const header = readAnyHeader(bytes)
  if ('finding' in header) return header
  const { width, height } = header
  if (width === 0 || height === 0) return { finding: 'has no pixels' }
  if (width * height > pixelsCap) {
    const size = `${count(width)} × ${count(height)} pixels`
    return { finding: `has ${size}, at most ${count(pixelsCap)} are decoded` }
  }
  if (header.isCmyk) return { finding: 'is in CMYK, whose colours every decoder reads differently' }
  return header
}

function readAnyHeader(bytes: Uint8Array): ImageHeader | ImageFinding {
  const reader = [readPngHeader, readJpegHeader, readWebpHeader]
  for (const read of reader) {
    const header = read(bytes)
    if (header !== null) return header
  }
  if (isGif(bytes)) return { finding: 'is a GIF, which is not read' }
  if (isSvg(bytes)) return { finding: 'is an SVG, which can run scripts and is not read' }
  return { finding: 'is no PNG, JPEG or WebP image' }
}

function count(value: number): string {
  return value.toLocaleString('en-GB')
}
