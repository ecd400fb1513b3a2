import { quoted } from '../core/display-text'
import { errorText, failed, type Outcome } from '../core/failure'
import { formatBytes } from '../core/format'
import { readOnnx, type ModelHeader } from './read-onnx'

/** Protobuf's own limit: no ONNX file with its weights inside can be larger. */
const MODEL_BYTES_CAP = 2 ** 31 - 1

/** Reads a dropped model file into a header. The file's size is judged before its bytes are read. */
export async function readModel(
  file: Blob & { readonly name: string },
): Promise<Outcome<ModelHeader>> {
  if (file.size > MODEL_BYTES_CAP) {
    return failed(
      'file-too-large',
      `${quoted(file.name)} has ${String(file.size)} bytes; an ONNX file can have 2 GiB at most.`,
      'Choose a smaller model, for example a quantised one.',
    )
  }
  try {
    return readOnnx(new Uint8Array(await file.arrayBuffer()), file.name)
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
    return failed(
      'file-unreadable',
      `${named} could not be read.`,
      'Check that the file still exists, then add it again.',
      errorText(error),
    )
  }
}
