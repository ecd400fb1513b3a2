import type { Failure, Outcome } from '../core/failure'
import type { LinkedReport } from '../report/result-link'
import type { ComparisonLink } from './comparison-link'
import { RemoteFiles } from './remote/remote-files.svelte'

/** A link that the page was opened with: what it asks for, or why it is refused. */
export class OpenedLink {
  comparison = $state.raw<ComparisonLink | null>(null)
  failure = $state.raw<Failure | null>(null)
  readonly files = new RemoteFiles()

  get isShown(): boolean {
    return this.comparison !== null || this.failure !== null
  }

  /** Reads a fragment of the page's address. Answers the report of a result; asks nobody for anything. */
  async open(fragment: string): Promise<LinkedReport | null> {
    if (fragment.length <= 1) return null
    const { readFragment } = await import('../report/link-fragment')
    const read = readFragment(fragment)
    if (read === null) return null
    this.#forget()
    if (!read.ok) return this.#refuse(read)
    const { kind, document } = read.value
    return kind === 'result' ? this.#openResult(document) : this.#openComparison(document)
  }

  close(): void {
    this.#forget()
    clearFragment()
  }

  async #openResult(document: unknown): Promise<LinkedReport | null> {
    const { readResultLink } = await import('../report/result-link')
    const linked = readResultLink(document)
    return linked.ok ? linked.value : this.#refuse(linked)
  }

  async #openComparison(document: unknown): Promise<null> {
    const { readComparisonLink } = await import('./comparison-link')
    const comparison = readComparisonLink(document)
    if (!comparison.ok) return this.#refuse(comparison)
    const files = await this.files.set(comparison.value.files)
    if (!files.ok) return this.#refuse(files)
    this.comparison = comparison.value
    return null
  }

  #refuse(outcome: Outcome<unknown>): null {
    if (!outcome.ok) this.failure = outcome.failure
    return null
  }

  #forget(): void {
    this.comparison = null
    this.failure = null
    this.files.clear()
  }
}

/** So that loading the page again does not open again what was closed. */
function clearFragment(): void {
  if (location.hash.length > 1) {
    history.replaceState(history.state, '', location.pathname + location.search)
  }
}
