import type { DatasetInfo } from '../core/dataset'
import type { Failure } from '../core/failure'
import type { ModelInfo } from '../core/model'

export interface ModelEntry {
  readonly id: string
  readonly file: File
  /** Index of the model's colour and pattern: the same in every chart and table. */
  readonly colour: number
  /** Null while the file is being read. */
  readonly info: ModelInfo | null
}

export interface DatasetEntry {
  readonly id: string
  readonly file: File
  /** Null while the file is being read. */
  readonly info: DatasetInfo | null
  /** Share of the file read. */
  readonly progress: number
}

/** A file that is neither model nor data, or could not be read. */
export interface FileFault {
  readonly id: string
  readonly fileName: string
  readonly failure: Failure
}

/** By model id, for the run. */
export function filesById(models: readonly ModelEntry[]): ReadonlyMap<string, File> {
  return new Map(models.map((model) => [model.id, model.file]))
}

/** By shown name, for the result. */
export function coloursByName(models: readonly ModelEntry[]): ReadonlyMap<string, number> {
  return new Map(models.map((model) => [model.info?.name ?? model.file.name, model.colour]))
}
