/** The deadline passed: what was waited for may still happen, nobody waits for it any more. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
}

/** A timer that comes this late had a page that stood still (closed lid, frozen tab) before it. */
const STANDSTILL_MS = 1_500
/** After a standstill the answer, which may be in the queue behind the timer, gets this long. */
const GRACE_MS = 1_000
/** Timers of hidden tabs are late each time. */
const MOST_GRACES = 3

/**
 * Settles as `promise` does, or rejects with {@link DeadlineError} after `ms`. A page that slept
 * meanwhile waits a little longer: its answers could not come either.
 */
export function withinDeadline<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout>
    const wait = (limitMs: number, graces: number): void => {
      const startedAt = performance.now()
      timer = setTimeout(() => {
        const late = performance.now() - startedAt - limitMs
        if (late > STANDSTILL_MS && graces > 0) wait(GRACE_MS, graces - 1)
        else reject(new DeadlineError(`${what} took longer than ${String(ms)} ms`))
      }, limitMs)
    }
    wait(ms, MOST_GRACES)
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer)
    })
  })
}
