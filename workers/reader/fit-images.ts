import type { Dataset } from '../../src/core/dataset'
import { failed, success, type Outcome } from '../../src/core/failure'
import { imageSettingsProblem, type ImageSettings } from '../../src/core/image-settings'
import type { ModelInfo } from '../../src/core/model'
import { proposeImages, resolveImages } from '../../src/tasks/propose-images'

/** The dataset as its models read it; the same one where nothing changes. */
export function fitImages(
  dataset: Dataset,
  models: readonly ModelInfo[],
  chosen: Partial<ImageSettings>,
): Outcome<Dataset> {
  const { images } = dataset.info
  if (images === undefined || dataset.withImages === undefined) return success(dataset)
  const settings = resolveImages(proposeImages(models, images), chosen)
  const problem = imageSettingsProblem(settings)
  if (problem !== null) {
    return failed('setting-invalid', problem, 'Change the settings of the images.')
  }
  if (JSON.stringify(settings) === JSON.stringify(images.settings)) return success(dataset)
  return success(dataset.withImages(settings))
}
