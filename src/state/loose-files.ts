import type { ExternalFile, ModelInfo } from '../core/model'
import type { FileFault, ModelEntry } from './model-entry'
import type { FileSort } from './sort-file'

/**
 * Files that may hold the weights of a model: numbers without a signature under any name. What no model
 * asks for is judged by itself once the models have been read.
 */
export function isLoose({ name }: File, sort: FileSort | undefined): boolean {
  if (sort === 'model') return !/\.(onnx|ort|zip)$/iu.test(name)
  return sort === 'unrecognised' || sort === undefined
}

/** Loose files that came before the model that asks for them. */
export function looseFiles(faults: readonly FileFault[]): readonly File[] {
  return faults.flatMap(({ file, failure }) =>
    file !== null && failure.code === 'file-unrecognised' ? [file] : [],
  )
}

/** The files, of `files`, that a model was read with. */
export function weightsOf(
  { external }: ModelInfo,
  files: readonly File[],
): readonly (ExternalFile & { readonly data: File })[] {
  return external.flatMap(({ path }) => {
    const data = files.find(({ name }) => name === lastPart(path))
    return data === undefined ? [] : [{ path, data }]
  })
}

/** Whether a model was read with the file, or with one like it that came before. */
export function isWeights(file: File, models: readonly ModelEntry[]): boolean {
  return models.some(({ external }) =>
    external.some(({ data }) => data.name === file.name && data.size === file.size),
  )
}

/** Models that failed for want of a file of weights which is among `files`. */
export function completedBy(
  faults: readonly FileFault[],
  files: readonly File[],
): readonly (FileFault & { readonly file: File })[] {
  const names = new Set(files.map(({ name }) => name))
  return faults.flatMap((fault) => {
    const { file, failure } = fault
    const isCompleted = failure.wanted?.some((path) => names.has(lastPart(path))) === true
    return file !== null && isCompleted ? [{ ...fault, file }] : []
  })
}

/** A dropped file has no folder. */
function lastPart(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? ''
}
