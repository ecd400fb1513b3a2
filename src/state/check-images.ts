import type { DatasetInfo } from '../core/dataset'
import { failed, success, type Outcome } from '../core/failure'
import {
  channelCount,
  imageSettingsProblem,
  presetLevels,
  presetOf,
  type ImageOptions,
  type ImageSettings,
} from '../core/image-settings'

/**
 * How images are to be read, as the choices that the setup understands; null where nothing is said.
 * @param recipe what a recipe says of it
 */
export function checkImages(
  options: ImageOptions | undefined,
  dataset: DatasetInfo | null,
  recipe: Partial<ImageSettings> = {},
): Outcome<Partial<ImageSettings> | null> {
  if (options === undefined || dataset === null) return success(null)
  if (dataset.images === undefined) {
    return failed(
      'setting-invalid',
      `--images says how images are read, and there are none in ${dataset.name}.`,
      'Leave it out.',
    )
  }
  const proposed = { ...dataset.images.settings, ...recipe }
  const { preset = presetOf(proposed) ?? 'zero-one', mean, std, ...others } = options
  const channels = others.channels ?? proposed.channels
  const count = channelCount(channels)
  const each = (values: readonly number[]) =>
    values.length === 1 ? new Array<number>(count).fill(values[0] ?? 0) : values
  const isLevelled = options.preset !== undefined || others.channels !== undefined
  const chosen: Partial<ImageSettings> = {
    ...(isLevelled && presetLevels(preset, channels)),
    ...others,
    ...(mean !== undefined && { mean: each(mean) }),
    ...(std !== undefined && { std: each(std) }),
  }
  // Whether the resized image is large enough is judged once the models have said the rest.
  const problem = imageSettingsProblem({ ...proposed, ...chosen, resize: 'exact' })
  return problem === null
    ? success(chosen)
    : failed('setting-invalid', `--images does not fit: ${problem}`, 'Change it.')
}
