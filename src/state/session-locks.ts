import { holdLock } from './hold-lock'

const PREFIX = 'bakeoff session '

/** Who is at an unfinished comparison: the tab that runs it holds its lock until it ends or dies. */
export class SessionLocks {
  readonly #watched = new Set<string>()

  /** @returns the release; null where a tab holds it already */
  hold(id: string): Promise<(() => void) | null> {
    return holdLock(PREFIX + id)
  }

  /** Ids of the comparisons that a tab is at, this one or another. */
  async held(): Promise<ReadonlySet<string>> {
    const { locks } = navigator as { readonly locks?: LockManager }
    const held = (await locks?.query())?.held ?? []
    return new Set(
      held.flatMap(({ name }) =>
        name?.startsWith(PREFIX) === true ? [name.slice(PREFIX.length)] : [],
      ),
    )
  }

  /** Calls `onFree` once when the tab that is at it has ended or died. */
  watch(id: string, onFree: () => void): void {
    const { locks } = navigator as { readonly locks?: LockManager }
    if (locks === undefined || this.#watched.has(id)) return
    this.#watched.add(id)
    void locks
      .request(PREFIX + id, () => undefined)
      .catch(() => undefined)
      .then(() => {
        this.#watched.delete(id)
        onFree()
      })
  }
}
