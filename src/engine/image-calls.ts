import type { ReaderApi } from '../contract/reader'
import type { ReaderClient } from './reader-client'
import type { SupervisedWorker } from './supervised-worker'

/** The verbs of the reader that are about images. */
export function imageCalls(
  current: () => SupervisedWorker<ReaderApi>,
  limitMs: number,
): Pick<ReaderClient, 'fitImages' | 'seenImages'> {
  const what = 'Reading the images'
  return {
    fitImages: (datasetId, models, chosen) =>
      current().call(what, limitMs, (api) => api.fitImages(datasetId, models, chosen)),
    seenImages: (datasetId, count) =>
      current().call(what, limitMs, (api) => api.seenImages(datasetId, count)),
  }
}
