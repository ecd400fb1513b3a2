import type { TensorValues } from '../../core/dataset'
import { channelCount, type ImageSettings } from '../../core/image-settings'

/**
 * One image's numbers, as the model reads them, drawn back as red, green, blue and alpha: what the
 * settings did to it can be seen.
 */
export function drawBack(
  values: TensorValues,
  settings: ImageSettings,
): Uint8ClampedArray<ArrayBuffer> {
  const { width, height, layout, channels, scale, mean, std } = settings
  const depth = channelCount(channels)
  const plane = width * height
  const rgba = new Uint8ClampedArray(plane * 4)
  for (let pixel = 0; pixel < plane; pixel++) {
    for (let place = 0; place < 3; place++) {
      const channel = channels === 'bgr' ? 2 - place : Math.min(place, depth - 1)
      const at = layout === 'nchw' ? channel * plane + pixel : pixel * depth + channel
      const value = (values[at] ?? 0) * (std[channel] ?? 1) + (mean[channel] ?? 0)
      rgba[pixel * 4 + place] = value / scale
    }
    rgba[pixel * 4 + 3] = 255
  }
  return rgba
}
