import type { JournalSession } from '../engine/journal-database'

/** What differs from the setup for one run only. */
export interface RunOptions {
  /** False: what is kept of these models on this dataset is deleted and computed anew. */
  readonly useKept?: boolean
  /** False: the setup is not kept for the next time that this data set comes. */
  readonly keepsRecipe?: boolean
  /** The unfinished comparison that this run goes on with. */
  readonly resumed?: JournalSession
}
