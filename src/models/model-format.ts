import type { Outcome } from '../core/failure'
import type { ModelHeader } from './read-onnx'

/** A dropped file, in the browser and in Node alike. */
export type ModelFile = Blob & { readonly name: string }

/** Files that a model was dropped with. */
export interface Companions {
  /** Statistics of `VecNormalize` that a policy was trained with; null for none. */
  readonly sideCar: ModelFile | null
  /** Among which its weights are looked for by name. */
  readonly files: readonly ModelFile[]
}

/** A model with what an evaluator loads: the file itself, or the graph that was made of it. */
export interface ReadModel {
  readonly header: ModelHeader
  readonly runnable: Blob
}

/** One line of the registry in `read-model.ts`. */
export interface ModelFormat {
  /** Judges by the first bytes, never by the name. */
  readonly accepts: (head: Uint8Array) => boolean
  readonly read: (file: ModelFile, companions: Companions) => Promise<Outcome<ReadModel>>
}
