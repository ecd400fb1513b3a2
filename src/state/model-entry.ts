import type { DatasetInfo } from '../core/dataset'
import type { Failure } from '../core/failure'
import type { ExternalFile, ModelInfo } from '../core/model'

export interface ModelEntry {
  readonly id: string
  readonly file: File
  /** Index of the model's colour and pattern: the same in every chart and table. */
  readonly colour: number
  /** Null while the file is being read. */
  readonly info: ModelInfo | null
  /** What evaluators load: the file, or the graph that was made of it. Null while it is read. */
  readonly runnable: Blob | null
  /** Its files of weights. */
  readonly external: readonly (ExternalFile & { readonly data: File })[]
  /** Statistics of observations that came beside a policy. */
  readonly normalisation: File | null
}

export interface DatasetEntry {
  readonly id: string
  /** More than one where they have the same columns, or are arrays side by side. */
  readonly files: readonly File[]
  /** Of the files together. */
  readonly name: string
  /** Null while the files are being read. */
  readonly info: DatasetInfo | null
  /** Share of the files read. */
  readonly progress: number
}

/** A file that is neither model nor data, or could not be read. */
export interface FileFault {
  readonly id: string
  readonly fileName: string
  /** Null where it came from elsewhere than a drop. */
  readonly file: File | null
  readonly failure: Failure
}

/** By model id, for the run. */
export function filesById(models: readonly ModelEntry[]): ReadonlyMap<string, Blob> {
  return new Map(models.map((model) => [model.id, model.runnable ?? model.file]))
}

/** By model id, for the run: files of weights, of models that have some. */
export function externalById(
  models: readonly ModelEntry[],
): ReadonlyMap<string, readonly ExternalFile[]> {
  const kept = models.filter(({ external }) => external.length > 0)
  return new Map(kept.map(({ id, external }) => [id, external]))
}

/** As they were dropped, each once. */
export function droppedFiles(models: readonly ModelEntry[]): readonly File[] {
  const files = models.flatMap(({ file, external, normalisation }) => [
    file,
    ...external.map(({ data }) => data),
    normalisation,
  ])
  return [...new Set(files)].filter((file) => file !== null)
}

/** By shown name, for the result; a model with a file per window has the first one's. */
export function coloursByName(
  entries: readonly ModelEntry[],
  models: readonly ModelInfo[] = [],
): ReadonlyMap<string, number> {
  const colours = new Map(
    entries.map(({ info, file, colour }) => [info?.name ?? file.name, colour]),
  )
  for (const { name, checkpoints } of models) {
    const colour = colours.get(checkpoints?.[0]?.name ?? name)
    if (colour !== undefined) colours.set(name, colour)
  }
  return colours
}
