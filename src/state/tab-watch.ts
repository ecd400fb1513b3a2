/** Timers of a visible page come at least this often; what is longer is a page that stood still. */
const STANDSTILL_MS = 3_000
const TICK_MS = 1_000

const NOT_COMPARABLE = 'times are not comparable'

/** The part of `document` that tells of a tab's life. */
export type TabDocument = Pick<EventTarget, 'addEventListener' | 'removeEventListener'> & {
  readonly hidden: boolean
}

/**
 * Notices what makes the times of a run incomparable: a tab in the background, which the browser
 * slows down, a frozen tab and a machine that slept.
 */
export class TabWatch {
  #wasHidden = false
  #wasVisible = false
  #wasStill = false
  #isHiddenSinceTick = false
  #tickedAt = Date.now()
  readonly #timer: ReturnType<typeof setInterval>

  /** @param onNote gets one sentence, as soon as it is known */
  constructor(
    private readonly page: TabDocument,
    private readonly onNote: (text: string) => void,
  ) {
    this.#look()
    page.addEventListener('visibilitychange', this.#look)
    page.addEventListener('freeze', this.#tick)
    page.addEventListener('resume', this.#tick)
    this.#timer = setInterval(this.#tick, TICK_MS)
  }

  /** @returns what has disturbed the times, one sentence each */
  end(): readonly string[] {
    this.#tick()
    clearInterval(this.#timer)
    this.page.removeEventListener('visibilitychange', this.#look)
    this.page.removeEventListener('freeze', this.#tick)
    this.page.removeEventListener('resume', this.#tick)
    const share = this.#wasVisible ? 'part of' : 'all of'
    return [
      ...(this.#wasHidden ? [`The tab was hidden for ${share} the run: ${NOT_COMPARABLE}.`] : []),
      ...(this.#wasStill
        ? [`The page stood still for part of the run, frozen or asleep: ${NOT_COMPARABLE}.`]
        : []),
    ]
  }

  readonly #look = (): void => {
    if (!this.page.hidden) {
      this.#wasVisible = true
      return
    }
    this.#isHiddenSinceTick = true
    if (this.#wasHidden) return
    this.#wasHidden = true
    this.onNote(`The tab is hidden: ${NOT_COMPARABLE}.`)
  }

  /** By the wall clock: the other one stands still while some machines sleep. */
  readonly #tick = (): void => {
    const now = Date.now()
    const gapMs = now - this.#tickedAt
    this.#tickedAt = now
    // Hidden tabs have slow timers: their gaps say nothing.
    const mayTell = !this.#isHiddenSinceTick
    this.#isHiddenSinceTick = this.page.hidden
    if (gapMs <= STANDSTILL_MS || !mayTell) return
    this.#wasStill = true
    const seconds = String(Math.round(gapMs / 1000))
    this.onNote(`The page stood still for ${seconds} s, frozen or asleep: ${NOT_COMPARABLE}.`)
  }
}
