import type { LoadRequest } from '../../src/contract/evaluator'
import { loadedBytes } from '../../src/core/loaded-bytes'
import { errorText, failed, success, type Outcome } from '../../src/core/failure'
import { formatBytes } from '../../src/core/format'
import { unreadableFile } from '../../src/core/unreadable-file'
import type { ModelBytes } from './runtime'

/** A model's files, which may have been moved or may not fit. */
export async function readBytes(request: LoadRequest): Promise<Outcome<ModelBytes>> {
  const { file, external: beside = [], name } = request
  try {
    const graph = await bytesOf(file)
    const external: ModelBytes['external'][number][] = []
    for (const { path, data } of beside) external.push({ path, data: await bytesOf(data) })
    return success({ graph, external })
  } catch (error) {
    const size = formatBytes(loadedBytes(request))
    const detail = errorText(error)
    return error instanceof RangeError
      ? failed(
          'out-of-memory',
          `${name} (${size}) does not fit into the memory that this tab has left.`,
          'Close other tabs, or compare fewer models at once.',
          detail,
        )
      : unreadableFile(`${name} (${size})`, error)
  }
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer())
}
