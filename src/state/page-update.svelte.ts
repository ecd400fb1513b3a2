import type { ServiceWorkerMessage } from '../hosting/build-names'
import { holdBuild, mayHaveServiceWorker, registerServiceWorker } from './service-worker'

const CHECK_EVERY_MS = 60 * 60_000
/** In this tab's storage: the page was once loaded anew to become isolated. */
const RELOADED_KEY = 'bakeoff.reloaded'

/**
 * The page's service worker: a copy for use without a network, newer versions, and cross-origin
 * isolation on hosts that cannot send its headers. Nothing of the page waits for it.
 */
export class PageUpdate {
  /** A newer version is kept and waits for a reload. */
  isReady = $state(false)
  /** A reload would give the page shared memory and threads. */
  canIsolate = $state(false)

  #registration: ServiceWorkerRegistration | null = null
  #checkedAt = 0

  /** @param isUntouched whether a reload would take nothing from anybody */
  constructor(private readonly isUntouched: () => boolean) {}

  async start(): Promise<void> {
    if (!mayHaveServiceWorker()) return
    holdBuild()
    const { serviceWorker } = navigator
    const registration = await registerServiceWorker()
    if (registration === null) return
    this.#registration = registration
    this.#checkedAt = Date.now()
    registration.addEventListener('updatefound', () => this.#watch(registration))
    this.#watch(registration)
    this.isReady = registration.active !== null && registration.waiting !== null
    document.addEventListener('visibilitychange', () => this.#check())
    await serviceWorker.ready
    this.#isolate()
    whenIdle(() => this.#post(registration.active, 'tidy'))
  }

  /** Loads the page anew, in the newest version that is kept. */
  reload(): void {
    noteReload()
    const next = this.#registration?.waiting ?? null
    if (next === null) {
      location.reload()
      return
    }
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
      once: true,
    })
    this.#post(next, 'take-over')
  }

  #watch(registration: ServiceWorkerRegistration): void {
    const { installing } = registration
    installing?.addEventListener('statechange', () => {
      // Without a version before it, it is the first one.
      const isNewer = registration.active !== null && registration.active !== installing
      if (installing.state === 'installed' && isNewer) this.isReady = true
    })
  }

  /** A tab that stays open for days asks again when it is looked at. */
  #check(): void {
    if (document.hidden || Date.now() - this.#checkedAt < CHECK_EVERY_MS) return
    this.#checkedAt = Date.now()
    // Without a network there is nothing newer.
    this.#registration?.update().catch(() => undefined)
  }

  /** A page that nobody has touched is loaded once more by itself; any other offers it. */
  #isolate(): void {
    if (window.crossOriginIsolated || window.top !== window || wasReloaded()) return
    if (this.isUntouched() && noteReload()) location.reload()
    else this.canIsolate = true
  }

  #post(worker: ServiceWorker | null, message: ServiceWorkerMessage): void {
    worker?.postMessage(message)
  }
}

function whenIdle(work: () => void): void {
  // Safari has none.
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 10_000 })
  else setTimeout(work, 3_000)
}

function wasReloaded(): boolean {
  try {
    return sessionStorage.getItem(RELOADED_KEY) !== null
  } catch {
    return false
  }
}

/** False where it cannot be remembered: the page might then be loaded anew for ever. */
function noteReload(): boolean {
  try {
    sessionStorage.setItem(RELOADED_KEY, 'once')
    return true
  } catch {
    return false
  }
}
