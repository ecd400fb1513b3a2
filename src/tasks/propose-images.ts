import type { ImagesInfo } from '../core/dataset'
import { channelCount, presetLevels, presetOf, type ImageSettings } from '../core/image-settings'
import type { Dimension, ModelInfo, ValueInfo } from '../core/model'

/** What a model's input says of the images that it reads; null where it leaves a side free. */
interface ImageInput {
  readonly layout: ImageSettings['layout']
  readonly depth: 1 | 3
  readonly width: number | null
  readonly height: number | null
  readonly isInteger: boolean
}

/** Models of smaller images are trained on whole ones, those of larger ones on cuts. */
const CUT_FROM = 128
/** torchvision resizes to 256 and cuts 224. */
const CUT_SHARE = 0.875
const USUAL_SIDE = 224

/**
 * Settings by what models read: size, layout and channels of the first input that can take images. The
 * levels follow from it: whole numbers stay 0 to 255, large colour images get ImageNet's mean and
 * deviation, others 0 to 1.
 */
export function proposeImages(
  models: readonly ModelInfo[],
  { commonSize }: Pick<ImagesInfo, 'commonSize'>,
): ImageSettings {
  const inputs = models.flatMap((model) => model.inputs.flatMap((input) => imageInput(input) ?? []))
  const input = inputs[0] ?? USUAL_INPUT
  const width = input.width ?? commonSize?.width ?? USUAL_SIDE
  const height = input.height ?? commonSize?.height ?? USUAL_SIDE
  const channels = input.depth === 1 ? 'grey' : 'rgb'
  const isLarge = Math.max(width, height) >= CUT_FROM
  const isAsTheyAre = commonSize?.width === width && commonSize.height === height
  const usual = input.depth === 3 && isLarge ? 'imagenet' : 'zero-one'
  return {
    resize: isLarge && !isAsTheyAre ? 'shorter' : 'exact',
    shorterSide: usualShorterSide(width, height),
    ...{ width, height, layout: input.layout, channels },
    ...presetLevels(input.isInteger ? 'bytes' : usual, channels),
  }
}

/** The proposal with what the user chose; what a choice leaves open follows it. */
export function resolveImages(
  proposal: ImageSettings,
  chosen: Partial<ImageSettings>,
): ImageSettings {
  const settings = { ...proposal, ...chosen }
  const { width, height, channels } = settings
  const isCut = settings.shorterSide >= Math.max(width, height)
  const isKnownSide = chosen.shorterSide !== undefined || isCut
  const shorterSide = isKnownSide ? settings.shorterSide : usualShorterSide(width, height)
  const hasLevels = settings.mean.length === channelCount(channels)
  const levels = hasLevels ? {} : presetLevels(presetOf(proposal) ?? 'zero-one', channels)
  return { ...settings, shorterSide, ...levels }
}

const USUAL_INPUT: ImageInput = {
  ...{ layout: 'nchw', depth: 3, width: null, height: null, isInteger: false },
}

function usualShorterSide(width: number, height: number): number {
  return Math.round(Math.max(width, height) / CUT_SHARE)
}

/** Null for an input that no image fits. */
function imageInput({ shape, type, isTensor }: ValueInfo): ImageInput | null {
  if (!isTensor || shape === null) return null
  const isInteger = /^u?int/u.test(type)
  const sizes = shape.map(fixed)
  const [, ...row] = sizes
  if (sizes.length === 4) return fromAxes(row, isInteger)
  if (sizes.length === 3) {
    // Without a batch axis, or grey images without a channel axis.
    const [first = null, height = null, width = null] = sizes
    const isWhole = first === 3 || width === 1 || width === 3
    if (isWhole) return fromAxes(sizes, isInteger)
    return { layout: 'nchw', depth: 1, height, width, isInteger }
  }
  return sizes.length === 2 ? fromCount(row[0] ?? null, isInteger) : null
}

function fromAxes(row: readonly (number | null)[], isInteger: boolean): ImageInput | null {
  const [first = null, second = null, third = null] = row
  if (first === 1 || first === 3) {
    return { layout: 'nchw', depth: first, height: second, width: third, isInteger }
  }
  if (third === 1 || third === 3) {
    return { layout: 'nhwc', depth: third, height: first, width: second, isInteger }
  }
  return null
}

/** A flat input takes square images. */
function fromCount(count: number | null, isInteger: boolean): ImageInput | null {
  if (count === null) return null
  for (const depth of [1, 3] as const) {
    const side = Math.round(Math.sqrt(count / depth))
    if (side >= 4 && side * side * depth === count) {
      return { layout: 'nchw', depth, height: side, width: side, isInteger }
    }
  }
  return null
}

function fixed(dimension: Dimension): number | null {
  return typeof dimension === 'number' && dimension > 0 ? dimension : null
}
