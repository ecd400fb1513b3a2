import { failed, type Outcome } from '../core/failure'

const DROPPED = failed(
  'cancelled',
  'The comparison that waited was stopped before it began.',
  'Compare again when you are ready.',
)

/** One comparison at a time: what is asked for meanwhile waits for its turn. */
export class RunQueue {
  /** How many wait. */
  waiting = $state(0)
  #last: Promise<unknown> | null = null
  #drops = 0

  /** Begins at once where nothing is going on. */
  async add<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const own = this.#last === null ? work() : this.#wait(this.#last, work)
    const ended = own.then(
      () => undefined,
      () => undefined,
    )
    this.#last = ended
    try {
      return await own
    } finally {
      if (this.#last === ended) this.#last = null
    }
  }

  /** What waits will not begin. */
  drop(): void {
    this.#drops += 1
    this.waiting = 0
  }

  async #wait<T>(before: Promise<unknown>, work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const drops = this.#drops
    this.waiting += 1
    await before
    if (drops !== this.#drops) return DROPPED
    this.waiting -= 1
    return work()
  }
}
