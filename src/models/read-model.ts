import { ONNX_BYTES } from '../core/caps'
import { quoted } from '../core/display-text'
import { errorText, failed, type Outcome } from '../core/failure'
import { formatBytes } from '../core/format'
import { unreadableFile } from '../core/unreadable-file'
import { graphFile } from './graph-file'
import type { ModelFile, ModelFormat, ReadModel } from './model-format'
import { sb3Zip } from './sb3-zip'

/** Every kind of file that holds a model; the first that accepts a file reads it. Graphs come last. */
const FORMATS: readonly ModelFormat[] = [sb3Zip, graphFile]
const HEAD_BYTES = 16

/**
 * Reads a dropped model file by what its first bytes say. The file's size is judged before its bytes are read.
 * @param sideCar statistics of `VecNormalize` that a policy of Stable-Baselines3 was trained with
 * @param companions files that were added with it, among which its weights are looked for by name
 */
export async function readModel(
  file: ModelFile,
  sideCar: ModelFile | null = null,
  companions: readonly ModelFile[] = [],
): Promise<Outcome<ReadModel>> {
  if (file.size > ONNX_BYTES) {
    return failed(
      'file-too-large',
      `${quoted(file.name)} has ${String(file.size)} bytes; an ONNX file can have 2 GiB at most.`,
      'Choose a smaller model, for example a quantised one.',
    )
  }
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
    const format = FORMATS.find(({ accepts }) => accepts(head)) ?? graphFile
    return await format.read(file, { sideCar, files: companions })
  } catch (error) {
    const named = `${quoted(file.name)} (${formatBytes(file.size)})`
    // Every browser throws a RangeError when memory runs out; its words differ.
    if (error instanceof RangeError) {
      const message = `${named} does not fit into the memory that this tab has left.`
      return failed(
        'out-of-memory',
        message,
        'Close other tabs, then add it again.',
        errorText(error),
      )
    }
    return unreadableFile(named, error)
  }
}
