import type { ImageSettings } from '../../core/image-settings'

/** What becomes of an image's pixels: made `resizedWidth` × `resizedHeight`, then cut. */
export interface ImageGeometry {
  readonly resizedWidth: number
  readonly resizedHeight: number
  /** Of the cut, in pixels of the resized image. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Sizes as torchvision's `Resize` and `CenterCrop` take them: the longer side is rounded down, the
 * corner of the cut to the nearest even number where it lies between two. Null where an image that is
 * not resized is smaller than the cut.
 */
export function imageGeometry(
  source: { readonly width: number; readonly height: number },
  settings: ImageSettings,
): ImageGeometry | null {
  const { width, height } = settings
  const { resizedWidth, resizedHeight } = resized(source, settings)
  if (resizedWidth < width || resizedHeight < height) return null
  const left = roundHalfEven((resizedWidth - width) / 2)
  const top = roundHalfEven((resizedHeight - height) / 2)
  return { resizedWidth, resizedHeight, left, top, width, height }
}

function resized(
  source: { readonly width: number; readonly height: number },
  { resize, shorterSide, width, height }: ImageSettings,
): Pick<ImageGeometry, 'resizedWidth' | 'resizedHeight'> {
  if (resize === 'none') return { resizedWidth: source.width, resizedHeight: source.height }
  if (resize === 'exact') return { resizedWidth: width, resizedHeight: height }
  if (source.width <= source.height) {
    const longer = Math.floor((shorterSide * source.height) / source.width)
    return { resizedWidth: shorterSide, resizedHeight: longer }
  }
  const longer = Math.floor((shorterSide * source.width) / source.height)
  return { resizedWidth: longer, resizedHeight: shorterSide }
}

/** Python's `round`. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
