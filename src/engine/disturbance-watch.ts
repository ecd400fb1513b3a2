/** The part of `document` that tells whether the tab is seen. */
export type SeenPage = Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & {
  readonly hidden: boolean
}

/** Says of a stretch of time whether the tab was hidden in it: the browser slows hidden tabs. */
export class DisturbanceWatch {
  #wasHidden: boolean

  constructor(private readonly page: SeenPage) {
    this.#wasHidden = page.hidden
    page.addEventListener('visibilitychange', this.#look)
  }

  /** Since the last call, or the start. */
  take(): boolean {
    const wasHidden = this.#wasHidden || this.page.hidden
    this.#wasHidden = this.page.hidden
    return wasHidden
  }

  end(): void {
    this.page.removeEventListener('visibilitychange', this.#look)
  }

  readonly #look = (): void => {
    if (this.page.hidden) this.#wasHidden = true
  }
}
