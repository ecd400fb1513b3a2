import { errorText } from '../core/failure'
import { openJournalDatabase, type JournalDatabase } from './journal-database'
import { DeadlineError, withinDeadline } from './within-deadline'

/** Storage that has not answered by then has failed, this time. */
const STORAGE_MS = 5_000

/**
 * What a page keeps besides its journal goes through here: every verb settles within
 * {@link STORAGE_MS}; one that fails answers null, tells `onProblem` one sentence, and the next is tried
 * all the same.
 */
export class StorageConnection {
  #database: Promise<JournalDatabase> | null = null

  /** @param advice what to do where the disk is full */
  constructor(
    private readonly onProblem: (problem: string) => void,
    private readonly advice: string,
  ) {}

  async try<T>(what: string, work: (database: JournalDatabase) => Promise<T>): Promise<T | null> {
    try {
      return await withinDeadline(this.#open().then(work), STORAGE_MS, what)
    } catch (error) {
      // A connection that does not answer is not waited for twice.
      if (error instanceof DeadlineError) this.#database = null
      this.onProblem(`${what}: ${this.#describe(error)}`)
      return null
    }
  }

  /** A connection that fails or is closed from outside is opened anew for the next verb. */
  #open(): Promise<JournalDatabase> {
    const forget = (): void => {
      this.#database = null
    }
    this.#database ??= openJournalDatabase({ onOutdated: forget, onLost: forget }).catch(
      (error: unknown) => {
        forget()
        throw error
      },
    )
    return this.#database
  }

  /** Follows a colon. */
  #describe(error: unknown): string {
    switch (error instanceof Error ? error.name : '') {
      case 'QuotaExceededError':
      case 'AbortError':
        return `the disk space for this page is used up. ${this.advice}`
      case 'VersionError':
        return 'a newer Bakeoff has kept results here. Load the page again to get it.'
      case 'DeadlineError':
        return 'the browser’s storage does not answer.'
      default:
        return `the browser’s storage cannot be used (${errorText(error)}).`
    }
  }
}
