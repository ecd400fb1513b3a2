import type { Failure, Outcome } from '../../core/failure'
import { success } from '../../core/failure'
import type { FetchedFile, RemoteDownload, RemoteFile } from './remote-download'

export interface RemoteEntry {
  readonly address: string
  /** Where it would come from. */
  readonly host: string
  readonly name: string
  readonly received: number
  /** Null where neither a link nor the server says. */
  readonly total: number | null
  readonly status: 'waiting' | 'fetching' | 'fetched' | 'failed'
  readonly failure: Failure | null
}

/** Files at addresses: shown first, fetched only when asked for. */
export class RemoteFiles {
  entries = $state.raw<readonly RemoteEntry[]>([])
  isFetching = $state(false)

  #downloads: readonly RemoteDownload[] = []
  #fetched: (FetchedFile | undefined)[] = []
  #abort = new AbortController()

  /** Takes them all or none, and asks nobody for anything. */
  async set(files: readonly RemoteFile[]): Promise<Outcome<null>> {
    this.cancel()
    this.entries = []
    const { RemoteDownload } = await import('./remote-download')
    const downloads: RemoteDownload[] = []
    for (const file of files) {
      const download = RemoteDownload.of(file)
      if (!download.ok) return download
      downloads.push(download.value)
    }
    this.#downloads = downloads
    this.#fetched = []
    this.entries = downloads.map(({ url, name }, index) => ({
      ...{ address: url.href, host: url.host, name, received: 0 },
      ...{ total: files[index]?.bytes ?? null, status: 'waiting', failure: null },
    }))
    return success(null)
  }

  /** Fetches what is missing. Null unless all of them are there: of a comparison, half is nothing. */
  async fetch(): Promise<readonly FetchedFile[] | null> {
    if (this.isFetching) return null
    this.isFetching = true
    const abort = new AbortController()
    this.#abort = abort
    await Promise.all(this.#downloads.map((download, index) => this.#fetch(download, index, abort)))
    if (this.#abort === abort) this.isFetching = false
    const files = this.#downloads.map((_, index) => this.#fetched[index])
    return abort.signal.aborted || files.includes(undefined)
      ? null
      : files.filter((file) => file !== undefined)
  }

  cancel(): void {
    this.#abort.abort()
    this.isFetching = false
  }

  clear(): void {
    this.cancel()
    this.entries = []
    this.#downloads = []
    this.#fetched = []
  }

  async #fetch(download: RemoteDownload, index: number, abort: AbortController): Promise<void> {
    if (this.#fetched[index] !== undefined) return
    this.#note(index, download, { status: 'fetching', failure: null })
    const outcome = await download.run(abort.signal, (progress) => {
      this.#note(index, download, progress)
    })
    if (outcome.ok && this.#downloads[index] === download) this.#fetched[index] = outcome.value
    const isCancelled = abort.signal.aborted
    const failure = outcome.ok || isCancelled ? null : outcome.failure
    const status = outcome.ok ? 'fetched' : isCancelled ? 'waiting' : 'failed'
    this.#note(index, download, { status, failure })
  }

  #note(index: number, download: RemoteDownload, change: Partial<RemoteEntry>): void {
    // Others may have taken its place.
    if (this.#downloads[index] !== download) return
    this.entries = this.entries.map((entry, at) => (at === index ? { ...entry, ...change } : entry))
  }
}
