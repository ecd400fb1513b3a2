/** Work that has begun and is waited for as a whole. */
export class Pending {
  #all: readonly Promise<void>[] = []

  get all(): readonly Promise<void>[] {
    return this.#all
  }

  async track(work: Promise<void>): Promise<void> {
    this.#all = [...this.#all, work]
    await work
    this.#all = this.#all.filter((other) => other !== work)
  }
}
