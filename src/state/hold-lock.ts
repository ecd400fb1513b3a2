/**
 * Holds a Web Lock until it is released or the tab dies. Where Web Locks are missing, as in insecure
 * contexts, there is nothing to hold.
 * @returns its release; null where another tab, or this one, holds it already
 */
export function holdLock(name: string): Promise<(() => void) | null> {
  const { locks } = navigator as { readonly locks?: LockManager }
  if (locks === undefined) return Promise.resolve(() => undefined)
  return new Promise((resolve) => {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          resolve(null)
          return undefined
        }
        return new Promise<void>((release) => {
          resolve(release)
        })
      })
      .catch(() => {
        resolve(null)
      })
  })
}
