import type { LinkedFile } from '../comparison-link'
import type { FetchedFile } from './remote-download'

/** From which address a file of this page has come, and with which content. */
export class FileOrigins {
  readonly #origins = new WeakMap<File, LinkedFile>()

  note({ file, address, sha256 }: FetchedFile): void {
    this.#origins.set(file, { address, sha256, bytes: file.size })
  }

  /** Null where any of them was dropped: such files have no address. */
  of(files: readonly File[]): readonly LinkedFile[] | null {
    const origins = files.map((file) => this.#origins.get(file))
    return origins.includes(undefined) ? null : origins.filter((origin) => origin !== undefined)
  }
}
