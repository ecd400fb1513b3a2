import type { ModelProto } from 'onnx-buf'
import { displayText } from '../core/display-text'
import type { ModelInfo } from '../core/model'

/** More entries than this say nothing on a card. */
const ENTRIES = 40

/** What the exporter wrote into the file, fit to be shown: texts of strangers. */
export function modelMetadata({ metadataProps }: ModelProto): ModelInfo['metadata'] {
  return metadataProps
    .slice(0, ENTRIES)
    .map(({ key, value }) => ({ key: displayText(key), value: displayText(value) }))
}
