/** A promise that was given up on; says what was waited for. */
export class DeadlineMissed extends Error {
  override readonly name = 'DeadlineMissed'
}

/** Settles as `promise` does, or rejects with {@link DeadlineMissed} after `limitMs`. */
export async function withDeadline<T>(
  promise: Promise<T>,
  limitMs: number,
  what: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const missed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlineMissed(`${what} took longer than ${String(limitMs / 1000)} s`))
    }, limitMs)
  })
  try {
    return await Promise.race([promise, missed])
  } finally {
    clearTimeout(timer)
  }
}
