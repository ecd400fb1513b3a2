import { contentHash } from '../core/content-hash'
import { displayText } from '../core/display-text'
import type { Outcome } from '../core/failure'
import { formatList, formatQuantity } from '../core/format'
import type { ReadHistory, Report } from '../core/report'
import { ComparisonHistory } from '../engine/comparison-history'
import type { PastComparison } from '../engine/journal-database'
import type { ReaderClient } from '../engine/reader-client'
import { primaryMetric } from '../report/primary-metric'
import { verdict } from '../report/verdict'

export type { PastComparison }

const LONGEST_NAME = 120
const NAMED_MODELS = 3

/** What has come of the latest action. */
export interface HistoryNotice {
  readonly text: string
  readonly undo: (() => Promise<void>) | null
}

/**
 * Past comparisons of this browser, here and in its other tabs. What is asked of it is done one after
 * another: a slow deletion never speaks over what came of a later import.
 */
export class HistoryState {
  /** Latest first. */
  items = $state.raw<readonly PastComparison[]>([])
  /** What did not work the last time, in one sentence. */
  problem = $state<string | null>(null)
  notice = $state.raw<HistoryNotice | null>(null)

  readonly #reader: ReaderClient
  readonly #history: ComparisonHistory
  #turns: Promise<unknown> = Promise.resolve()

  constructor(reader: ReaderClient) {
    this.#reader = reader
    this.#history = new ComparisonHistory(
      (problem) => {
        this.problem = problem
      },
      () => void this.refresh(),
    )
  }

  get bytes(): number {
    return this.items.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  async refresh(): Promise<void> {
    const items = await this.#history.list()
    if (items !== null) this.items = items
  }

  say(text: string): void {
    this.notice = { text, undo: null }
  }

  /** Keeps a comparison that has ended; one where no model has answered is not worth it. */
  add(report: Report): Promise<void> {
    return this.#inTurn(async () => {
      if (!report.models.some(({ status }) => status === 'ok')) return
      await this.#put(report, comparisonName(report), Date.now())
      await this.refresh()
    })
  }

  /** Null where it is gone, or cannot be got; then it is said. */
  open(past: PastComparison): Promise<Outcome<Report> | null> {
    return this.#asked(async () => {
      const text = await this.#history.report(past.id)
      if (text !== null) return this.#reader.readReport(new File([text], `${past.name}.json`))
      this.problem ??= `${past.name} is gone: another tab has deleted it.`
      await this.refresh()
      return null
    })
  }

  rename(past: PastComparison, name: string): Promise<void> {
    return this.#asked(async () => {
      const shown = displayText(name, LONGEST_NAME)
      if (shown === '' || shown === past.name) return
      await this.#history.rename(past.id, shown)
      await this.refresh()
    })
  }

  /** The notice then brings it back. */
  delete(past: PastComparison): Promise<void> {
    return this.#asked(async () => {
      const text = await this.#history.report(past.id)
      const isDeleted = await this.#history.delete([past.id])
      await this.refresh()
      if (isDeleted === null) return
      const undo = (): Promise<void> => this.#bringBack(past, text)
      this.notice = { text: `${past.name} is deleted.`, undo: text === null ? null : undo }
    })
  }

  deleteAll(): Promise<void> {
    return this.#asked(async () => {
      await this.#history.delete(this.items.map(({ id }) => id))
      await this.refresh()
    })
  }

  /** All reports as one JSON document. */
  exportAll(): Promise<Blob> {
    return this.#asked(async () => {
      const comparisons: { name: string; report: string }[] = []
      for (const { id, name } of this.items) {
        const report = await this.#history.report(id)
        if (report !== null) comparisons.push({ name, report })
      }
      const { historyParts } = await import('../report/history-document')
      return new Blob([...historyParts(comparisons)], { type: 'application/json' })
    })
  }

  /** Says in one notice what has come of it, and answers with it. */
  import(file: File): Promise<string> {
    return this.#asked(async () => {
      const name = displayText(file.name)
      this.say(`Reading ${name}.`)
      const read = await this.#reader.readHistory(file)
      const text = read.ok
        ? await this.#addAll(read.value, name)
        : `${read.failure.message} ${read.failure.advice}`
      this.say(text)
      return text
    })
  }

  async #addAll({ entries, failures }: ReadHistory, name: string): Promise<string> {
    const here = this.items.map(({ id }) => id)
    const fresh = entries.filter(({ report }) => !here.includes(comparisonId(report)))
    let count = 0
    // The oldest first, so that the order stays and the limits take the oldest.
    for (const [index, entry] of fresh.toReversed().entries()) {
      const shown = displayText(entry.name, LONGEST_NAME) || comparisonName(entry.report)
      if ((await this.#put(entry.report, shown, Date.now() + index)) !== null) count += 1
    }
    await this.refresh()
    const known = entries.length - fresh.length
    return [
      `${formatQuantity(count, 'comparison')} of ${name} ${count === 1 ? 'is' : 'are'} now in the history.`,
      ...(known > 0
        ? [`${formatQuantity(known, 'other')} ${known === 1 ? 'was' : 'were'} here already.`]
        : []),
      ...failures.slice(0, 1).map(({ message }) => `Left out: ${message}`),
      ...(failures.length > 1 ? [`So were ${formatQuantity(failures.length - 1, 'more')}.`] : []),
    ].join(' ')
  }

  #bringBack(past: PastComparison, text: string | null): Promise<void> {
    return this.#asked(async () => {
      if (text === null || (await this.#history.put(past, text)) === null) return
      this.say('It is back.')
      await this.refresh()
    })
  }

  /** A turn that the user asks for: what was said of the one before is read. */
  #asked<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(() => {
      this.problem = null
      this.notice = null
      return work()
    })
  }

  /** Every verb of storage and reader settles, so each turn ends. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turns.then(work)
    this.#turns = turn.catch(() => undefined)
    return turn
  }

  async #put(report: Report, name: string, savedAt: number): Promise<true | null> {
    const text = JSON.stringify(report)
    return this.#history.put(
      {
        id: comparisonId(report),
        name,
        verdict: verdict(report, primaryMetric(report)),
        createdAt: report.createdAt,
        savedAt,
        bytes: new Blob([text]).size,
      },
      text,
    )
  }
}

/** The same comparison has the same id in every browser. */
function comparisonId({ createdAt, dataset, models }: Report): string {
  const parts = [createdAt, dataset.sha256, ...models.map(({ name, sha256 }) => [name, sha256])]
  return contentHash(new TextEncoder().encode(JSON.stringify(parts))).slice(0, 32)
}

function comparisonName({ models, dataset }: Report): string {
  const names = models.map(({ name }) => name)
  const more = names.length - NAMED_MODELS
  const shown = more > 0 ? [...names.slice(0, NAMED_MODELS), `${String(more)} more`] : names
  return displayText(`${formatList(shown)} on ${displayText(dataset.name)}`, LONGEST_NAME)
}
