/** The deadline passed: what was waited for may still happen, nobody waits for it any more. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
}

/** Settles as `promise` does, or rejects with {@link DeadlineError} after `ms`. */
export function withinDeadline<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new DeadlineError(`${what} took longer than ${String(ms)} ms`))
    }, ms)
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer)
    })
  })
}
