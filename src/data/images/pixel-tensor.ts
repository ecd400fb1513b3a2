import { channelCount, presetOf, type ImageSettings } from '../../core/image-settings'

/** Weights of red, green and blue in grey, of 2^16 (ITU-R BT.601, as Pillow rounds them). */
const GREY = [19_595, 38_470, 7_471] as const
const GREY_HALF = 0x8000

/**
 * Red, green, blue and alpha to interleaved channels as the model reads them. Alpha is left away, as
 * Pillow's `convert('RGB')` does.
 */
export function pickChannels(
  rgba: Uint8ClampedArray,
  channels: ImageSettings['channels'],
  into: Uint8Array,
): void {
  const [first, last] = channels === 'bgr' ? [2, 0] : [0, 2]
  let next = 0
  for (let at = 0; at < rgba.length; at += 4) {
    if (channels === 'grey') {
      const [red, green, blue] = [rgba[at], rgba[at + 1], rgba[at + 2]] as [number, number, number]
      into[next++] = (red * GREY[0] + green * GREY[1] + blue * GREY[2] + GREY_HALF) >>> 16
    } else {
      into[next] = rgba[at + first] as number
      into[next + 1] = rgba[at + 1] as number
      into[next + 2] = rgba[at + last] as number
      next += 3
    }
  }
}

/** Interleaved channels in the model's layout. */
export function layOut(pixels: Uint8Array, settings: ImageSettings, into: Uint8Array): void {
  const channels = channelCount(settings.channels)
  if (settings.layout === 'nhwc' || channels === 1) {
    into.set(pixels)
    return
  }
  const plane = settings.width * settings.height
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < plane; pixel++) {
      into[channel * plane + pixel] = pixels[pixel * channels + channel] as number
    }
  }
}

/**
 * What each of 256 levels becomes, channel after channel, in float32 steps, as
 * torchvision's `ToTensor` and `Normalize` take them.
 */
export function levelTable({ scale, mean, std }: ImageSettings): Float32Array {
  const table = new Float32Array(256 * mean.length)
  // Division by 255 and multiplication by 1/255 differ in the last bit.
  const divisor = scale === 1 / 255 ? 255 : null
  for (const [channel, channelMean] of mean.entries()) {
    const deviation = Math.fround(std[channel] ?? 1)
    for (let level = 0; level < 256; level++) {
      const scaled = Math.fround(divisor === null ? level * Math.fround(scale) : level / divisor)
      const centred = Math.fround(scaled - Math.fround(channelMean))
      table[channel * 256 + level] = Math.fround(centred / deviation)
    }
  }
  return table
}

/** Levels of images in the model's layout as the numbers that it reads; bytes stay bytes. */
export function normalise(levels: Uint8Array, settings: ImageSettings): Uint8Array | Float32Array {
  if (presetOf(settings) === 'bytes') return levels
  const table = levelTable(settings)
  const channels = channelCount(settings.channels)
  const plane = settings.width * settings.height
  const values = new Float32Array(levels.length)
  if (channels === 1) {
    for (let at = 0; at < levels.length; at++) values[at] = table[levels[at] as number] as number
  } else if (settings.layout === 'nchw') {
    for (let start = 0; start < levels.length; start += plane) {
      const offset = ((start / plane) % channels) * 256
      for (let at = start; at < start + plane; at++) {
        values[at] = table[offset + (levels[at] as number)] as number
      }
    }
  } else {
    for (let at = 0; at < levels.length; at += channels) {
      for (let channel = 0; channel < channels; channel++) {
        values[at + channel] = table[channel * 256 + (levels[at + channel] as number)] as number
      }
    }
  }
  return values
}
