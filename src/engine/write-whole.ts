interface Transaction {
  readonly done: Promise<void>
  abort(): void
}

/** Settles when all of the writes are on disk; none of them is after a failure of any. */
export async function writeWhole(
  transaction: Transaction,
  writes: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const pending = [transaction.done as Promise<unknown>]
  try {
    for (const write of writes) pending.push(write())
    await Promise.all(pending)
  } catch (error) {
    // The first error is the one to tell; the rest of the transaction fails because of it.
    for (const promise of pending) promise.catch(() => undefined)
    try {
      transaction.abort()
    } catch {
      // The browser has aborted it already.
    }
    throw error
  }
}
