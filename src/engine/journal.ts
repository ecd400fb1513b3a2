import type { AnswerChunk } from '../contract/evaluator'
import { errorText } from '../core/failure'
import { checksum } from './checksum'
import {
  openJournalDatabase,
  type JournalDatabase,
  type JournalEntry,
  type JournalModel,
  type JournalSession,
} from './journal-database'
import { withinDeadline } from './within-deadline'
import { writeWhole } from './write-whole'

/** Storage that has not answered by then is given up for this page: the run goes on in memory. */
const STORAGE_MS = 5_000

/** Rows `start` … `end − 1`. */
export interface RowRange {
  readonly start: number
  readonly end: number
}

/** What the journal holds of one model on one dataset. */
export type Kept =
  | {
      readonly status: 'usable'
      readonly ranges: readonly RowRange[]
      readonly model: JournalModel | null
    }
  | { readonly status: 'refused'; readonly reason: string }

/**
 * Finished answers on disk, by content: key = hash of model × dataset × settings. Every verb
 * settles within {@link STORAGE_MS}; the first that fails or is late turns saving off, tells
 * `onProblem` one sentence, and the run goes on in memory.
 */
export class Journal {
  readonly #database: Promise<JournalDatabase | null>
  #problem: string | null = null
  /** Keys whose answers on disk failed their checksum: kept as they are, never written to. */
  readonly #refused = new Set<string>()

  constructor(private readonly onProblem: (problem: string) => void) {
    this.#database = this.#open()
  }

  /** One sentence on why nothing is saved, or null. */
  get problem(): string | null {
    return this.#problem
  }

  /** What is there under a key, checked entry by entry; ranges ascend and do not overlap. */
  async kept(key: string): Promise<Kept> {
    const found = await this.#try('Reading kept answers', async (database) => {
      const ranges: RowRange[] = []
      let next = 0
      for (const [, start, end] of await database.getAllKeys('answers', rangeOf(key))) {
        if (start < next || end <= start) continue
        ranges.push({ start, end })
        next = end
      }
      return { ranges, model: (await database.get('models', key)) ?? null }
    })
    if (this.#refused.has(key)) return { status: 'refused', reason: CHECKSUM_REASON }
    return { status: 'usable', ranges: found?.ranges ?? [], model: found?.model ?? null }
  }

  /** The answers of one range that {@link kept} named; null where they cannot be trusted. */
  async read(key: string, { start, end }: RowRange): Promise<JournalEntry | null> {
    const entry = await this.#try('Reading kept answers', (database) =>
      database.get('answers', [key, start, end]),
    )
    if (entry == null) return null
    if (checksum(entry.data) === entry.checksum) return entry
    this.#refused.add(key)
    return null
  }

  /** Settles when the rows are on disk, or when saving is given up. */
  async append(model: JournalModel, chunk: AnswerChunk): Promise<void> {
    if (this.#problem !== null || this.#refused.has(model.key)) return
    const { start, end, data } = chunk
    const entry = { key: model.key, start, end, data, checksum: checksum(data) }
    await this.#try('Saving answers', async (database) => {
      const transaction = database.transaction(['answers', 'models'], 'readwrite', {
        durability: 'relaxed',
      })
      await writeWhole(transaction, [
        () => transaction.objectStore('answers').put(entry),
        () => transaction.objectStore('models').put(model),
      ])
    })
  }

  async noteModel(model: JournalModel): Promise<void> {
    if (this.#refused.has(model.key)) return
    await this.#try('Saving answers', (database) => database.put('models', model))
  }

  async putSession(session: JournalSession): Promise<void> {
    await this.#try('Saving the comparison', (database) => database.put('sessions', session))
  }

  async sessions(): Promise<readonly JournalSession[]> {
    return (
      (await this.#try('Reading kept comparisons', (database) => database.getAll('sessions'))) ?? []
    )
  }

  async putFiles(id: string, files: readonly File[]): Promise<void> {
    await this.#try('Saving the files', (database) => database.put('files', { id, files }))
  }

  async files(id: string): Promise<readonly File[] | null> {
    const kept = await this.#try('Reading kept files', (database) => database.get('files', id))
    return kept?.files ?? null
  }

  async deleteSession(id: string): Promise<void> {
    await this.#try('Deleting', async (database) => {
      const transaction = database.transaction(['sessions', 'files'], 'readwrite')
      await writeWhole(transaction, [
        () => transaction.objectStore('sessions').delete(id),
        () => transaction.objectStore('files').delete(id),
      ])
    })
  }

  async models(): Promise<readonly JournalModel[]> {
    return (await this.#try('Reading kept answers', (database) => database.getAll('models'))) ?? []
  }

  async deleteAnswers(key: string): Promise<void> {
    await this.#try('Deleting', async (database) => {
      const transaction = database.transaction(['answers', 'models'], 'readwrite')
      await writeWhole(transaction, [
        () => transaction.objectStore('answers').delete(rangeOf(key)),
        () => transaction.objectStore('models').delete(key),
      ])
    })
  }

  async #open(): Promise<JournalDatabase | null> {
    try {
      return await withinDeadline(
        openJournalDatabase({
          onOutdated: () => {
            this.#giveUp('Another tab runs a newer Bakeoff. Reload this tab to save results again.')
          },
          onLost: () => {
            this.#giveUp('The browser’s storage was cleared. Results are not saved; export them.')
          },
        }),
        STORAGE_MS,
        'Opening the storage',
      )
    } catch (error) {
      this.#giveUp(describe(error))
      return null
    }
  }

  async #try<T>(what: string, work: (database: JournalDatabase) => Promise<T>): Promise<T | null> {
    const database = await this.#database
    if (database === null || this.#problem !== null) return null
    try {
      return await withinDeadline(work(database), STORAGE_MS, what)
    } catch (error) {
      this.#giveUp(describe(error))
      return null
    }
  }

  #giveUp(problem: string): void {
    if (this.#problem !== null) return
    this.#problem = problem
    this.onProblem(problem)
  }
}

const CHECKSUM_REASON =
  'the kept answers do not match their checksum; they are left as they are and not used'

function rangeOf(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key], [key, []])
}

function describe(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  switch (name) {
    case 'QuotaExceededError':
    case 'AbortError':
      return 'The disk space for this page is used up. Results are not saved; export them, or delete kept answers under Storage.'
    case 'VersionError':
      return 'A newer Bakeoff has kept results here. Results are not saved; reload to get the newer version.'
    case 'DeadlineError':
      return 'The browser’s storage does not answer. Results are not saved.'
    default:
      return `The browser’s storage cannot be used (${errorText(error)}). Results are not saved.`
  }
}
