/** Moves the page's own clock on, as a machine that slept would; restore it at the end. */
export class PageClock {
  readonly #now = performance.now.bind(performance)
  #ahead = 0

  constructor() {
    performance.now = () => this.#now() + this.#ahead
  }

  goOn(ms: number): void {
    this.#ahead += ms
  }

  restore(): void {
    performance.now = this.#now
  }
}
