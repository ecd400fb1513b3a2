/** What an image file says of itself, read without decoding a pixel. */
export interface ImageHeader {
  readonly format: 'PNG' | 'JPEG' | 'WebP'
  readonly width: number
  readonly height: number
  /** Bits per channel. */
  readonly bits: number
  /** Four inks instead of three lights. */
  readonly isCmyk: boolean
  /** More than one frame. */
  readonly isAnimated: boolean
  /** How EXIF says the image is to be turned: 1 is upright, up to 8. */
  readonly orientation: number
}

/** Why a file is not used; completes a sentence that begins with its name. */
export interface ImageFinding {
  readonly finding: string
}
