import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { AnswerData } from '../contract/evaluator'
import type { Backend, ModelTiming, Parity } from '../core/evaluation'

/** Answers of rows `start` … `end − 1`. One transaction writes one entry: there is no half entry. */
export interface JournalEntry {
  readonly key: string
  readonly start: number
  /** Exclusive. */
  readonly end: number
  readonly data: AnswerData
  /** {@link checksum} of `data`. */
  readonly checksum: number
}

/** What the answers under one key belong to, for people. */
export interface JournalModel {
  readonly key: string
  readonly modelName: string
  readonly datasetName: string
  readonly rows: number
  /** Of the answers kept so far, as they lie in memory; the disk may need more or less. */
  readonly bytes: number
  readonly backend: Backend
  readonly updatedAt: number
  /** Null until every row is answered. */
  readonly timing: ModelTiming | null
  readonly parity: Parity | null
  readonly batchSize: number | null
  readonly threads: number | null
}

/** A comparison that has begun and not ended: what is needed to offer it again. */
export interface JournalSession {
  readonly id: string
  readonly startedAt: number
  readonly title: string
  readonly rowsDone: number
  readonly rowsTotal: number
  /** Whether the dropped files themselves are kept; they are not where they were too large. */
  readonly hasFiles: boolean
  readonly fileNames: readonly string[]
  /** The setup as the page keeps it; checked by the reader of it. */
  readonly setup: unknown
}

/** A comparison that has ended, as a line of the history; its report lies beside it. */
export interface PastComparison {
  readonly id: string
  /** The user's, or what the comparison was of. */
  readonly name: string
  readonly verdict: string
  /** When it was run, ISO 8601. */
  readonly createdAt: string
  readonly savedAt: number
  /** Of the report, as JSON. */
  readonly bytes: number
}

/** How a data set was set up the last time; it serves any with the same columns. */
export interface KeptRecipe {
  /** Names the columns, in order, and what they hold. */
  readonly id: string
  readonly datasetName: string
  readonly savedAt: number
  /** Checked by the reader of it. */
  readonly setup: unknown
}

interface JournalSchema extends DBSchema {
  answers: { key: [string, number, number]; value: JournalEntry }
  models: { key: string; value: JournalModel }
  sessions: { key: string; value: JournalSession }
  /** Apart from the sessions: progress is written often, files once. */
  files: { key: string; value: { readonly id: string; readonly files: readonly File[] } }
  history: { key: string; value: PastComparison }
  /** Apart from the history, which is listed without them. Reports as JSON. */
  reports: { key: string; value: { readonly id: string; readonly text: string } }
  recipes: { key: string; value: KeptRecipe }
}

export type JournalDatabase = IDBPDatabase<JournalSchema>

const NAME = 'bakeoff'
const VERSION = 3

export interface DatabaseEvents {
  /** Another tab wants to upgrade the schema: this connection has been closed. */
  onOutdated(): void
  /** The browser closed the connection: storage was cleared or failed. */
  onLost(): void
}

/** Rejects where there is no IndexedDB, where it fails, and for a database of a newer version. */
export function openJournalDatabase(events: DatabaseEvents): Promise<JournalDatabase> {
  return openDB<JournalSchema>(NAME, VERSION, {
    upgrade(database, earlier) {
      if (earlier < 1) {
        database.createObjectStore('answers', { keyPath: ['key', 'start', 'end'] })
        database.createObjectStore('models', { keyPath: 'key' })
        database.createObjectStore('sessions', { keyPath: 'id' })
        database.createObjectStore('files', { keyPath: 'id' })
      }
      if (earlier < 2) {
        database.createObjectStore('history', { keyPath: 'id' })
        database.createObjectStore('reports', { keyPath: 'id' })
      }
      database.createObjectStore('recipes', { keyPath: 'id' })
    },
    blocking(_current, wanted, event) {
      ;(event.target as IDBDatabase | null)?.close()
      // Without a version it is a deletion.
      if (wanted === null) events.onLost()
      else events.onOutdated()
    },
    terminated() {
      events.onLost()
    },
  })
}
