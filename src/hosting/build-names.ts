/**
 * Names that the page and its service worker agree on. Several copies of Bakeoff may live on one
 * origin, each below its own path.
 */

/** Of the service worker's file, beside the page: its folder is what it may serve. */
export const SERVICE_WORKER_FILE = 'service-worker.js'

/** `<meta name="…" content="ID">`: which build a page is of. */
export const BUILD_META = 'bakeoff-build'

/** @param scope path of the page's folder, with the final slash */
export function cachePrefix(scope: string): string {
  return `bakeoff ${scope} `
}

/** Of the lock that a page holds, shared, as long as it lives: its build's files are in use. */
export function buildLock(scope: string, build: string): string {
  return `bakeoff: build ${build} is open at ${scope}`
}

export type ServiceWorkerMessage =
  /** The page is idle: keep what is left to keep, drop what no page needs any more. */
  | 'tidy'
  /** Take over from the version before. */
  | 'take-over'
