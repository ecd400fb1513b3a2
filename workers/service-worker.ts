import type { BuildManifest } from '../src/hosting/build-manifest'
import type { ServiceWorkerMessage } from '../src/hosting/build-names'
import { answerRequest } from './service-worker/answer-request'
import { KeptBuild } from './service-worker/kept-build'

declare const self: ServiceWorkerGlobalScope
/** Null in a build that takes the service worker of earlier builds away. */
declare const __BUILD__: BuildManifest | null

const scope = new URL('./', self.location.href)
const build = __BUILD__

if (build === null) {
  // The usual end: activated at once, it deletes and unregisters; open pages stay as they are.
  self.addEventListener('install', () => void self.skipWaiting())
  self.addEventListener('activate', (event) => {
    const kept = new KeptBuild({ id: '', files: [] }, scope)
    event.waitUntil(kept.dropAll().then(() => self.registration.unregister()))
  })
} else {
  const kept = new KeptBuild(build, scope)
  self.addEventListener('install', (event) => {
    event.waitUntil(kept.keep('install'))
  })
  self.addEventListener('activate', (event) => {
    event.waitUntil(self.clients.claim())
  })
  self.addEventListener('fetch', (event) => {
    answerRequest(event, kept)
  })
  self.addEventListener('message', (event) => {
    const message = event.data as ServiceWorkerMessage
    if (message === 'take-over') event.waitUntil(self.skipWaiting())
    else event.waitUntil(tidy(kept))
  })
}

async function tidy(kept: KeptBuild): Promise<void> {
  const { registration } = self
  await kept.dropUnused(() => registration.installing !== null || registration.waiting !== null)
  // Without a network, or with a full disk, the next page that is idle tries again.
  await kept.keep('idle').catch(() => undefined)
}
