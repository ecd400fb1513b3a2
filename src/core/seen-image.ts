/** The numbers that a model reads of one image, drawn back. */
export interface SeenImage {
  readonly width: number
  readonly height: number
  /** Red, green, blue and alpha. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>
}
