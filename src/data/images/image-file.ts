import type { ImageHeader } from './image-header'

/** A file of a folder or an archive, read when it is needed. */
export interface FolderFile {
  /** With `/`, relative. */
  readonly path: string
  readonly size: number
  /** Rejects where the file is gone or its archive is damaged. */
  readonly bytes: () => Promise<Uint8Array<ArrayBuffer>>
}

/** An image that was decoded once. */
export interface ImageFile extends FolderFile {
  readonly header: ImageHeader
}

export interface LeftOut {
  readonly path: string
  /** Completes a sentence that begins with the path. */
  readonly finding: string
}
