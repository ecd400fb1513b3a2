import type { FolderFile } from '../folder-file'
import type { ImageHeader } from './image-header'

/** An image that was decoded once. */
export interface ImageFile extends FolderFile {
  readonly header: ImageHeader
}

export interface LeftOut {
  readonly path: string
  /** Completes a sentence that begins with the path. */
  readonly finding: string
}
