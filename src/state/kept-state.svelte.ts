import { Journal } from '../engine/journal'
import type { JournalModel, JournalSession } from '../engine/journal-database'
import type { RunRequest } from '../engine/run-request'
import type { KeptSetup } from './kept-setup'

/** Files are kept for a one-click resume up to this size in all; larger ones are dropped again. */
const FILES_BYTES = 512 * 1024 ** 2
/** Progress is written at most this often. */
const NOTE_MS = 1_000
const LOCK = 'bakeoff session '

/** A comparison while it is kept as unfinished. */
export interface KeptSession {
  /** Rows of all models together. */
  note(rowsDone: number): void
  /** It has ended: there is nothing to go on with. */
  end(): Promise<void>
}

/** What this browser keeps on disk: unfinished comparisons and finished answers. */
export class KeptState {
  /** Why nothing is saved, in one sentence; null while saving works. */
  problem = $state<string | null>(null)
  /** Unfinished comparisons that no open tab is running, latest first. */
  offers = $state.raw<readonly JournalSession[]>([])
  /** Finished answers by model and dataset, latest first. */
  models = $state.raw<readonly JournalModel[]>([])
  readonly journal = new Journal((problem) => {
    this.problem = problem
  })

  async refresh(): Promise<void> {
    const running = await lockedSessions()
    const sessions = await this.journal.sessions()
    this.offers = sessions
      .filter(({ id }) => !running.has(id))
      .toSorted((a, b) => b.startedAt - a.startedAt)
    this.models = (await this.journal.models()).toSorted((a, b) => b.updatedAt - a.updatedAt)
  }

  /** Keeps what is needed to offer this comparison again if the page dies. */
  begin(request: RunRequest, setup: KeptSetup, files: readonly File[]): KeptSession {
    const id = `${String(Date.now())}-${String(Math.random())}`
    const release = holdLock(`${LOCK}${id}`)
    const bytes = files.reduce((sum, file) => sum + file.size, 0)
    const count = request.models.length
    let session: JournalSession = {
      id,
      startedAt: Date.now(),
      title: `${String(count)} ${count === 1 ? 'model' : 'models'} on ${request.dataset.name}`,
      rowsDone: 0,
      rowsTotal: request.preparation.rows * request.plan.models.length,
      hasFiles: bytes <= FILES_BYTES,
      fileNames: files.map((file) => file.name),
      setup: $state.snapshot(setup),
    }
    const saved = this.#save(session, files)
    let notedAt = 0
    return {
      note: (rowsDone) => {
        const now = performance.now()
        if (now - notedAt < NOTE_MS) return
        notedAt = now
        session = { ...session, rowsDone }
        void this.journal.putSession(session)
      },
      end: async () => {
        await saved
        await this.journal.deleteSession(id)
        release()
      },
    }
  }

  async #save(session: JournalSession, files: readonly File[]): Promise<void> {
    if (session.hasFiles) await this.journal.putFiles(session.id, files)
    await this.journal.putSession(session)
  }

  async forget(session: JournalSession): Promise<void> {
    this.offers = this.offers.filter(({ id }) => id !== session.id)
    await this.journal.deleteSession(session.id)
  }

  async deleteAnswers(key: string): Promise<void> {
    this.models = this.models.filter((model) => model.key !== key)
    await this.journal.deleteAnswers(key)
  }

  async deleteAll(): Promise<void> {
    const [models, offers] = [this.models, this.offers]
    this.models = []
    this.offers = []
    for (const { key } of models) await this.journal.deleteAnswers(key)
    for (const { id } of offers) await this.journal.deleteSession(id)
  }
}

/** Held until it is released or the tab dies: a session without its lock is nobody's. */
function holdLock(name: string): () => void {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  // Absent in insecure contexts, whatever the types say.
  const { locks } = navigator as { readonly locks?: LockManager }
  void locks?.request(name, () => held)
  return () => {
    release()
  }
}

async function lockedSessions(): Promise<ReadonlySet<string>> {
  const { locks } = navigator as { readonly locks?: LockManager }
  const held = (await locks?.query())?.held ?? []
  return new Set(
    held.flatMap(({ name }) => (name?.startsWith(LOCK) === true ? [name.slice(LOCK.length)] : [])),
  )
}
