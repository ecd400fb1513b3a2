/** A file of a folder or an archive, read when it is needed. */
export interface FolderFile {
  /** With `/`, relative. */
  readonly path: string
  readonly size: number
  /** Rejects where the file is gone or its archive is damaged. */
  readonly bytes: () => Promise<Uint8Array<ArrayBuffer>>
}
