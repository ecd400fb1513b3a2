import { channelCount, type ImageSettings } from '../../core/image-settings'
import type { ImageGeometry } from './image-geometry'
import { layOut, pickChannels } from './pixel-tensor'
import { axisWeights, resampleColumns, resampleRows } from './resampling'

/** A decoded image, read strip by strip: a whole one can take hundreds of MiB. */
export interface PixelSource {
  readonly width: number
  readonly height: number
  /** Red, green, blue and alpha (not premultiplied) of `rows` whole rows from `top`. */
  readonly read: (top: number, rows: number) => Uint8ClampedArray
}

/** Of red, green, blue and alpha. */
const STRIP_BYTES = 2 ** 22

/**
 * An image as levels 0 to 255 in the model's layout: channels, resize and cut, before normalisation.
 * @param into as many bytes as the model sees numbers
 */
export function imageLevels(
  source: PixelSource,
  geometry: ImageGeometry,
  settings: ImageSettings,
  into: Uint8Array,
): void {
  const channels = channelCount(settings.channels)
  const { resizedWidth, resizedHeight, left, top, width, height } = geometry
  const across = axisWeights(source.width, resizedWidth, left, width)
  const down = axisWeights(source.height, resizedHeight, top, height)
  const from = down.first[0] ?? 0
  const to = (down.first[height - 1] ?? 0) + (down.taps[height - 1] ?? 0)
  const lineBytes = width * channels
  const narrowed = new Uint8Array((to - from) * lineBytes)
  const stripRows = Math.max(1, Math.floor(STRIP_BYTES / (source.width * 4)))
  const picked = new Uint8Array(Math.min(stripRows, to - from) * source.width * channels)
  for (let row = from; row < to; row += stripRows) {
    const rows = Math.min(stripRows, to - row)
    pickChannels(source.read(row, rows), settings.channels, picked)
    const strip = narrowed.subarray((row - from) * lineBytes, (row - from + rows) * lineBytes)
    resampleRows({ pixels: picked, width: source.width, rows, channels }, across, strip)
  }
  for (let place = 0; place < height; place++) down.first[place] = (down.first[place] ?? 0) - from
  layOut(resampleColumns(narrowed, lineBytes, down), settings, into)
}
