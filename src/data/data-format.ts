import type { Dataset } from '../core/dataset'
import type { Outcome } from '../core/failure'
import type { ValueRoom } from './room/value-room'
import type { NamedArray } from './arrays/array-rows'

/** A dropped file, in the browser and in Node alike. */
export type DataFile = Blob & { readonly name: string }

/** May be called with falling figures: a file whose types were guessed wrong is read once more. */
export type ReadProgress = (doneBytes: number, totalBytes: number) => void

/** One line of the registry in `data-formats.ts`. */
export interface DataFormat {
  /** Completes "Bakeoff reads …". */
  readonly label: string
  /** Judges by the first bytes, never by the name. */
  readonly accepts: (head: Uint8Array) => boolean
  readonly read: (
    file: DataFile,
    id: string,
    onProgress: ReadProgress,
    room: ValueRoom,
  ) => Promise<Outcome<Dataset>>
  /** Of formats with one array a file: several files make one table, as features and labels do. */
  readonly openArray?: (file: DataFile) => Promise<Outcome<NamedArray>>
}
