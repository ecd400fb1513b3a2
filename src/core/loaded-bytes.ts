import type { ExternalFile } from './model'

interface LoadedFiles {
  readonly file: Blob
  readonly external?: readonly ExternalFile[]
}

/** What loading a model reads, its files of weights included. */
export function loadedBytes({ file, external = [] }: LoadedFiles): number {
  return external.reduce((sum, { data }) => sum + data.size, file.size)
}
