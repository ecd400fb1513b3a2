import type { PastComparison } from '../engine/journal-database'
import type { ReaderClient } from '../engine/reader-client'
import { HistoryState } from './history-state.svelte'
import type { KeptSetup } from './kept-setup'
import { OpenedLink } from './opened-link.svelte'
import { OpenedReport } from './opened-report.svelte'
import { FileOrigins } from './remote/file-origins'
import type { FetchedFile } from './remote/remote-download'
import { RemoteFiles } from './remote/remote-files.svelte'

/** What comes from elsewhere or from before: links, files at addresses, reports, the history. */
export class Sharing {
  readonly opened: OpenedReport
  readonly history: HistoryState
  readonly link = new OpenedLink()
  /** Files whose addresses the user gives. */
  readonly addresses = new RemoteFiles()
  readonly origins = new FileOrigins()

  constructor(reader: ReaderClient) {
    this.opened = new OpenedReport(reader)
    this.history = new HistoryState(reader)
    void this.history.refresh()
  }

  /** Shows what a link carries; of a comparison, nothing is fetched before {@link fetchLink}. */
  async openLink(fragment: string): Promise<void> {
    const linked = await this.link.open(fragment)
    if (linked === null) return
    this.opened.show(linked.report, { kind: 'link', name: '', omitted: linked.omitted })
  }

  /** Null where not all of it could be fetched; then the files say why. */
  async fetchLink(): Promise<{
    readonly files: readonly File[]
    readonly setup: KeptSetup
  } | null> {
    const { comparison, files } = this.link
    const fetched = await files.fetch()
    if (fetched === null || comparison === null) return null
    return { files: this.#note(fetched), setup: comparison.setup }
  }

  async fetchAddresses(): Promise<readonly File[] | null> {
    const fetched = await this.addresses.fetch()
    if (fetched === null) return null
    this.addresses.clear()
    return this.#note(fetched)
  }

  async openPast(past: PastComparison): Promise<void> {
    const report = await this.history.open(past)
    if (report === null) return
    if (!report.ok) {
      this.history.problem = `${report.failure.message} ${report.failure.advice}`
      return
    }
    this.close()
    this.opened.show(report.value, { kind: 'history', name: past.name, omitted: [] })
  }

  /** Back to what the page itself has. */
  close(): void {
    this.opened.close()
    this.link.close()
  }

  #note(fetched: readonly FetchedFile[]): readonly File[] {
    for (const one of fetched) this.origins.note(one)
    return fetched.map(({ file }) => file)
  }
}
