import type { PixelSource } from './image-levels'
import type { ImageHeader } from './image-header'

export interface DecodedImage extends PixelSource {
  /** Frees the pixels. */
  readonly close: () => void
}

const MEDIA_TYPES: Record<ImageHeader['format'], string> = {
  PNG: 'image/png',
  JPEG: 'image/jpeg',
  WebP: 'image/webp',
}

/**
 * Decodes an image, its first frame where there are more: turned upright as EXIF says, and with the
 * numbers that the file holds, no colour profile applied, which is what models were trained on by
 * libraries that read them (Pillow, OpenCV). Null where the browser's decoder refuses it or finds another
 * size than the header's.
 */
export async function decodeImage(
  bytes: Uint8Array<ArrayBuffer>,
  header: ImageHeader,
): Promise<DecodedImage | null> {
  const blob = new Blob([bytes], { type: MEDIA_TYPES[header.format] })
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(blob, {
      imageOrientation: 'from-image',
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    })
  } catch {
    return null
  }
  const { width, height } = bitmap
  const close = () => {
    bitmap.close()
  }
  if (!isSameSize(header, width, height)) {
    close()
    return null
  }
  return { width, height, read: (top, rows) => readStrip(bitmap, top, rows), close }
}

/** Orientations 5 to 8 lie on their side, and not every format's orientation is followed. */
function isSameSize(header: ImageHeader, width: number, height: number): boolean {
  if (header.width === width && header.height === height) return true
  return header.orientation >= 5 && header.width === height && header.height === width
}

/** One for all images: thousands of them would wait to be collected. */
let strip: OffscreenCanvas | null = null

function readStrip(bitmap: ImageBitmap, top: number, rows: number): Uint8ClampedArray {
  const canvas = (strip ??= new OffscreenCanvas(bitmap.width, rows))
  if (canvas.width !== bitmap.width) canvas.width = bitmap.width
  if (canvas.height !== rows) canvas.height = rows
  // Read back at once: a canvas on the GPU would be slower and would fail where the GPU is busy.
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new RangeError('no canvas of this size')
  context.globalCompositeOperation = 'copy'
  context.drawImage(bitmap, 0, -top)
  return context.getImageData(0, 0, bitmap.width, rows).data
}
