import { formatBytes } from '../core/format'
import type { JournalDatabase, PastComparison } from './journal-database'
import { StorageConnection } from './storage-connection'
import { writeWhole } from './write-whole'

const CHANNEL = 'bakeoff.history'

export interface HistoryLimits {
  /** Past comparisons; the oldest give way. */
  readonly count: number
  /** Of all reports together; the oldest give way. */
  readonly bytes: number
  /** Of one report. */
  readonly reportBytes: number
}

export const HISTORY_LIMITS: HistoryLimits = {
  count: 200,
  bytes: 100 * 2 ** 20,
  reportBytes: 16 * 2 ** 20,
}

/**
 * Reports of past comparisons on disk, without models and data; see {@link StorageConnection} for
 * verbs that fail. Changes of other tabs are told to `onChange`.
 */
export class ComparisonHistory {
  readonly #connection: StorageConnection
  readonly #channel = openChannel()

  constructor(
    private readonly onProblem: (problem: string) => void,
    onChange: () => void,
    private readonly limits: HistoryLimits = HISTORY_LIMITS,
  ) {
    this.#connection = new StorageConnection(
      onProblem,
      'Delete past comparisons, or kept answers under Storage.',
    )
    if (this.#channel !== null) this.#channel.onmessage = onChange
  }

  /** Latest first. */
  async list(): Promise<readonly PastComparison[] | null> {
    const all = await this.#connection.try('The history cannot be read', (database) =>
      database.getAll('history'),
    )
    return all?.toSorted((a, b) => b.savedAt - a.savedAt) ?? null
  }

  /**
   * Adds or replaces; what is beyond the limits then goes, oldest first, in the same transaction.
   * @param text the report as JSON, of `past.bytes` bytes
   */
  async put(past: PastComparison, text: string): Promise<true | null> {
    const { reportBytes } = this.limits
    if (past.bytes > reportBytes) {
      this.onProblem(
        `${past.name} is not in the history: its report has ${formatBytes(past.bytes)}, up to ${formatBytes(reportBytes)} are kept. Download it instead.`,
      )
      return null
    }
    return this.#change(`${past.name} is not in the history`, async (database) => {
      const transaction = database.transaction(['history', 'reports'], 'readwrite')
      const history = transaction.objectStore('history')
      const reports = transaction.objectStore('reports')
      const others = (await history.getAll()).filter(({ id }) => id !== past.id)
      await writeWhole(transaction, [
        () => history.put(past),
        () => reports.put({ id: past.id, text }),
        ...this.#beyond(past, others).flatMap(({ id }) => [
          () => history.delete(id),
          () => reports.delete(id),
        ]),
      ])
    })
  }

  async rename(id: string, name: string): Promise<true | null> {
    return this.#change('The comparison cannot be renamed', async (database) => {
      const transaction = database.transaction('history', 'readwrite')
      const past = await transaction.store.get(id)
      await writeWhole(
        transaction,
        past === undefined ? [] : [() => transaction.store.put({ ...past, name })],
      )
    })
  }

  /** The report as JSON; null where it is gone. */
  async report(id: string): Promise<string | null> {
    const kept = await this.#connection.try('The report cannot be read', (database) =>
      database.get('reports', id),
    )
    return kept?.text ?? null
  }

  async delete(ids: readonly string[]): Promise<true | null> {
    return this.#change('The comparison cannot be deleted', async (database) => {
      const transaction = database.transaction(['history', 'reports'], 'readwrite')
      await writeWhole(
        transaction,
        ids.flatMap((id) => [
          () => transaction.objectStore('history').delete(id),
          () => transaction.objectStore('reports').delete(id),
        ]),
      )
    })
  }

  /** Which of `others` have no room beside `past`. */
  #beyond(past: PastComparison, others: readonly PastComparison[]): readonly PastComparison[] {
    let bytes = past.bytes
    let count = 1
    return others
      .toSorted((a, b) => b.savedAt - a.savedAt)
      .filter((other) => {
        bytes += other.bytes
        count += 1
        return count > this.limits.count || bytes > this.limits.bytes
      })
  }

  async #change(
    what: string,
    work: (database: JournalDatabase) => Promise<void>,
  ): Promise<true | null> {
    const done = await this.#connection.try(what, async (database) => {
      await work(database)
      return true as const
    })
    if (done === true) this.#channel?.postMessage('changed')
    return done
  }
}

function openChannel(): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL)
}
