import { BUILD_META, buildLock, SERVICE_WORKER_FILE } from '../hosting/build-names'
import { isLoopback } from './is-loopback'

declare const __SERVICE_WORKER__: boolean

/** Path of the page's folder, with the final slash. */
export function pageScope(): string {
  return new URL('./', document.baseURI).pathname
}

/**
 * Whether this page may have a service worker: built with one, on a secure origin that is not this
 * machine's own. A local server is at hand whenever its page is, and its address belongs to whatever
 * is served there next.
 */
export function mayHaveServiceWorker(): boolean {
  return (
    __SERVICE_WORKER__ &&
    window.isSecureContext &&
    // Absent in private windows of some browsers.
    'serviceWorker' in navigator &&
    !isLoopback(location.hostname)
  )
}

/** Null where the browser or the host refuses: the page then works without. */
export async function registerServiceWorker(): Promise<ServiceWorkerRegistration | null> {
  try {
    const address = new URL(SERVICE_WORKER_FILE, document.baseURI)
    return await navigator.serviceWorker.register(address, { updateViaCache: 'none' })
  } catch {
    return null
  }
}

/** As long as this page lives, what is kept of its build stays. */
export function holdBuild(): void {
  const build = document.querySelector<HTMLMetaElement>(`meta[name="${BUILD_META}"]`)?.content
  if (build === undefined) return
  const name = buildLock(pageScope(), build)
  navigator.locks
    .request(name, { mode: 'shared' }, () => new Promise<never>(() => undefined))
    // Refused in some private windows, which keep nothing that could be deleted.
    .catch(() => undefined)
}
