/** How images become the numbers that a model reads, in the order in which it happens. */
export interface ImageSettings {
  /**
   * - `shorter`: the shorter side becomes {@link shorterSide} pixels, the shape stays; then the centre
   *   is cut out.
   * - `exact`: both sides become the final size, whatever the shape was.
   * - `none`: the centre is cut out of the image as it is.
   */
  readonly resize: 'shorter' | 'exact' | 'none'
  /** Pixels, at least as many as {@link width} and {@link height}; for `shorter` alone. */
  readonly shorterSide: number
  /** Pixels that the model sees. */
  readonly width: number
  readonly height: number
  /** Channels, height, width; or height, width, channels. */
  readonly layout: 'nchw' | 'nhwc'
  /** `grey` is luma as ITU-R BT.601 weighs it, which is what Pillow's mode L holds. */
  readonly channels: 'rgb' | 'bgr' | 'grey'
  /** Values 0 to 255 are multiplied by it, before the mean is taken away. */
  readonly scale: number
  /** One per channel, in the order of the channels. */
  readonly mean: readonly number[]
  /** One per channel; divided by. */
  readonly std: readonly number[]
}

export type ImageLevels = Pick<ImageSettings, 'scale' | 'mean' | 'std'>

/**
 * What a user says of how images are read; what is absent follows the models. A single mean or deviation
 * holds for every channel.
 */
export interface ImageOptions extends Partial<ImageSettings> {
  /** Levels by name; {@link scale}, {@link mean} and {@link std} go over it. */
  readonly preset?: ImagePreset
}

export type ImagePreset = 'imagenet' | 'zero-one' | 'minus-one-one' | 'bytes'

export const IMAGE_PRESETS: readonly { readonly id: ImagePreset; readonly label: string }[] = [
  { id: 'imagenet', label: 'ImageNet' },
  { id: 'zero-one', label: '0 to 1' },
  { id: 'minus-one-one', label: '−1 to 1' },
  { id: 'bytes', label: '0 to 255' },
]

/** Of torchvision's pretrained models, for red, green and blue in 0 to 1. */
const IMAGENET_MEAN = [0.485, 0.456, 0.406]
const IMAGENET_STD = [0.229, 0.224, 0.225]

/** No model that runs in a browser sees larger images. */
export const IMAGE_SIDE_CAP = 4096

/** Where no model says what it reads: what most models of images read. */
export const DEFAULT_IMAGE_SETTINGS: ImageSettings = {
  ...{ resize: 'shorter', shorterSide: 256, width: 224, height: 224 },
  ...{ layout: 'nchw', channels: 'rgb' },
  ...{ scale: 1 / 255, mean: IMAGENET_MEAN, std: IMAGENET_STD },
}

export function channelCount(channels: ImageSettings['channels']): number {
  return channels === 'grey' ? 1 : 3
}

/** Dimensions of one image as a tensor. */
export function imageShape(settings: ImageSettings): readonly [number, number, number] {
  const { width, height, channels, layout } = settings
  const depth = channelCount(channels)
  return layout === 'nchw' ? [depth, height, width] : [height, width, depth]
}

/** ImageNet's figures for grey images are the means over its three channels, as timm takes them. */
export function presetLevels(
  preset: ImagePreset,
  channels: ImageSettings['channels'],
): ImageLevels {
  const count = channelCount(channels)
  const all = (value: number): number[] => new Array<number>(count).fill(value)
  switch (preset) {
    case 'imagenet': {
      const ordered = (values: readonly number[]): readonly number[] => {
        if (channels === 'grey') return [values.reduce((sum, value) => sum + value, 0) / 3]
        return channels === 'bgr' ? values.toReversed() : values
      }
      return { scale: 1 / 255, mean: ordered(IMAGENET_MEAN), std: ordered(IMAGENET_STD) }
    }
    case 'zero-one':
      return { scale: 1 / 255, mean: all(0), std: all(1) }
    case 'minus-one-one':
      return { scale: 1 / 255, mean: all(0.5), std: all(0.5) }
    case 'bytes':
      return { scale: 1, mean: all(0), std: all(1) }
  }
}

/** The preset whose figures these are; null for figures of the user's own. */
export function presetOf(settings: ImageSettings): ImagePreset | null {
  const match = IMAGE_PRESETS.find(({ id }) => {
    const levels = presetLevels(id, settings.channels)
    return (
      levels.scale === settings.scale &&
      isSame(levels.mean, settings.mean) &&
      isSame(levels.std, settings.std)
    )
  })
  return match?.id ?? null
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

/** What is wrong with the settings, as a sentence; null where they can be used. */
export function imageSettingsProblem(settings: ImageSettings): string | null {
  const { resize, shorterSide, width, height, channels, scale, mean, std } = settings
  if (!isSide(width) || !isSide(height)) {
    return `Width and height are whole numbers from 1 to ${String(IMAGE_SIDE_CAP)}.`
  }
  if (resize === 'shorter') {
    if (!isSide(shorterSide)) {
      return `The shorter side is a whole number from 1 to ${String(IMAGE_SIDE_CAP)}.`
    }
    if (shorterSide < Math.max(width, height)) {
      return `A shorter side of ${String(shorterSide)} leaves no ${String(width)} × ${String(height)} pixels to cut out.`
    }
  }
  const count = channelCount(channels)
  if (mean.length !== count || std.length !== count) {
    return `Mean and deviation have one figure per channel, which is ${String(count)} here.`
  }
  const isFinite = [scale, ...mean, ...std].every(Number.isFinite)
  if (!isFinite || scale === 0) return 'Scale, mean and deviation are finite, and scale is not 0.'
  return std.every((value) => value > 0) ? null : 'Deviations are greater than 0.'
}

function isSide(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= IMAGE_SIDE_CAP
}
