import type { LoadRequest } from '../../src/contract/evaluator'
import { errorText, failed, success, type Outcome } from '../../src/core/failure'
import { formatBytes } from '../../src/core/format'

/** A model's file, which may have been moved or may not fit. */
export async function readBytes({ file, name }: LoadRequest): Promise<Outcome<Uint8Array>> {
  try {
    return success(new Uint8Array(await file.arrayBuffer()))
  } catch (error) {
    const size = formatBytes(file.size)
    const detail = errorText(error)
    return error instanceof RangeError
      ? failed(
          'out-of-memory',
          `${name} (${size}) does not fit into the memory that this tab has left.`,
          'Close other tabs, or compare fewer models at once.',
          detail,
        )
      : failed(
          'file-unreadable',
          `${name} (${size}) could not be read: it was moved, changed or deleted since it was added.`,
          'Add the file again.',
          detail,
        )
  }
}
