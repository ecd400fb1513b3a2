import { askedRows } from '../engine/asked-rows'
import { Journal } from '../engine/journal'
import type { JournalModel, JournalSession } from '../engine/journal-database'
import type { RunRequest } from '../engine/run-request'
import type { KeptSetup } from './kept-setup'
import { SessionLocks } from './session-locks'

/** Files are kept for a one-click resume up to this size in all; larger ones are dropped again. */
const FILES_BYTES = 512 * 1024 ** 2
/** Progress is written at most this often. */
const NOTE_MS = 200

/** A comparison while it is kept as unfinished. */
export interface KeptSession {
  /** Rows of all models together. */
  note(rowsDone: number): void
  /** It has ended: there is nothing to go on with. */
  end(): Promise<void>
}

/** An unfinished comparison that this tab alone goes on with. */
export interface TakenSession {
  /** Null where they were too large to keep. */
  readonly files: readonly File[] | null
  release(): void
}

/** What this browser keeps on disk: unfinished comparisons and finished answers. */
export class KeptState {
  /** Why nothing is saved, in one sentence; null while saving works. */
  problem = $state<string | null>(null)
  /** Unfinished comparisons that no open tab is running, latest first. */
  offers = $state.raw<readonly JournalSession[]>([])
  /** Finished answers by model and dataset, latest first. */
  models = $state.raw<readonly JournalModel[]>([])
  /** What the browser says of all that this site keeps; null where it says nothing. */
  estimate = $state.raw<{ readonly usage: number; readonly quota: number } | null>(null)

  readonly #locks = new SessionLocks()
  readonly #onProblem: (problem: string) => void
  #journal: Journal
  /** Opened after the journal has given up: for looking, deleting and the next run. */
  #next: Journal | null = null

  constructor(onProblem: (problem: string) => void) {
    this.#onProblem = onProblem
    this.#journal = this.#open()
  }

  get journal(): Journal {
    return this.#journal
  }

  async refresh(): Promise<void> {
    const journal = this.#working()
    const [sessions, models] = [await journal.sessions(), await journal.models()]
    const held = await this.#locks.held()
    for (const { id } of sessions) {
      if (held.has(id)) this.#locks.watch(id, () => void this.refresh())
    }
    this.estimate = await estimateStorage()
    if (journal.problem !== null) return
    this.offers = sessions
      .filter(({ id }) => !held.has(id))
      .toSorted((a, b) => b.startedAt - a.startedAt)
    this.models = models.toSorted((a, b) => b.updatedAt - a.updatedAt)
  }

  /** Before a run: a journal that has given up is replaced by one that may work again. */
  renew(): void {
    if (this.#next === null) return
    this.#journal = this.#next
    this.#next = null
    this.problem = null
  }

  /**
   * Keeps what is needed to offer this comparison again if the page dies.
   * @param resumed the offer that it goes on with, if any
   */
  begin(
    request: RunRequest,
    setup: KeptSetup,
    files: readonly File[],
    resumed: JournalSession | null,
  ): KeptSession {
    const journal = this.#journal
    let session = describeSession(request, setup, files)
    const lock = this.#locks.hold(session.id)
    const saved = lock.then(async () => {
      if (session.hasFiles) await journal.putFiles(session.id, files)
      await journal.putSession(session)
      for (const offer of this.offers) {
        if (offer.id === resumed?.id || isSameDrop(offer, session)) await this.forget(offer)
      }
    })
    let notedAt = 0
    return {
      note: (rowsDone) => {
        const now = performance.now()
        if (now - notedAt < NOTE_MS) return
        notedAt = now
        session = { ...session, rowsDone }
        void journal.putSession(session)
      },
      end: async () => {
        await saved
        await journal.deleteSession(session.id)
        const release = await lock
        release?.()
      },
    }
  }

  /** Null where another tab was faster: it has resumed or deleted the comparison. */
  async take({ id }: JournalSession): Promise<TakenSession | null> {
    const release = await this.#locks.hold(id)
    const journal = this.#working()
    const isThere = (await journal.sessions()).some((session) => session.id === id)
    if (release === null || !isThere) {
      release?.()
      await this.refresh()
      return null
    }
    return { files: await journal.files(id), release }
  }

  async forget(session: JournalSession): Promise<void> {
    this.offers = this.offers.filter(({ id }) => id !== session.id)
    await this.#working().deleteSession(session.id)
  }

  async deleteAnswers(key: string): Promise<void> {
    this.models = this.models.filter((model) => model.key !== key)
    await this.#working().deleteAnswers(key)
    this.estimate = await estimateStorage()
  }

  /** Comparisons that are running, here or in another tab, stay. */
  async deleteAll(): Promise<void> {
    const [models, offers] = [this.models, this.offers]
    this.models = []
    this.offers = []
    const journal = this.#working()
    for (const { key } of models) await journal.deleteAnswers(key)
    for (const { id } of offers) await journal.deleteSession(id)
    await this.refresh()
  }

  #working(): Journal {
    if (this.problem === null) return this.#journal
    this.#next ??= this.#open()
    return this.#next
  }

  #open(): Journal {
    const journal: Journal = new Journal((problem) => {
      // Where there is no IndexedDB the journal gives up while it is being made.
      queueMicrotask(() => {
        if (journal === this.#next) this.#next = null
        if (journal !== this.#journal) return
        this.problem = problem
        this.#onProblem(problem)
      })
    })
    return journal
  }
}

function describeSession(
  request: RunRequest,
  setup: KeptSetup,
  files: readonly File[],
): JournalSession {
  const count = request.models.length
  const bytes = files.reduce((sum, file) => sum + file.size, 0)
  return {
    id: `${String(Date.now())}-${String(Math.random())}`,
    startedAt: Date.now(),
    title: `${String(count)} ${count === 1 ? 'model' : 'models'} on ${request.dataset.name}`,
    rowsDone: 0,
    rowsTotal: request.plan.models.reduce(
      (rows, { modelId }) => rows + askedRows(request.preparation, modelId),
      0,
    ),
    hasFiles: bytes <= FILES_BYTES,
    fileNames: files.map((file) => file.name),
    setup: $state.snapshot(setup),
  }
}

/** Files that were too large to keep have been dropped again: the offer to do so has served. */
function isSameDrop(offer: JournalSession, session: JournalSession): boolean {
  const names = ({ fileNames }: JournalSession) => JSON.stringify(fileNames.toSorted())
  return !offer.hasFiles && names(offer) === names(session)
}

async function estimateStorage(): Promise<KeptState['estimate']> {
  // Absent in insecure contexts, whatever the types say.
  const { storage } = navigator as { readonly storage?: StorageManager }
  try {
    const { usage, quota } = (await storage?.estimate()) ?? {}
    return usage === undefined || quota === undefined ? null : { usage, quota }
  } catch {
    return null
  }
}
