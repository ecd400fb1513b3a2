import type { KeptBuild } from './kept-build'
import { withPageHeaders } from './with-page-headers'

/**
 * Answers a request for a file of the page: what is kept of this build, else what the network has.
 * Anything else is left to the browser. A network that fails is the browser's own error, as without
 * a service worker.
 */
export function answerRequest(event: FetchEvent, kept: KeptBuild): void {
  const { request } = event
  const path = kept.pathOf(request.url)
  if (path === null || request.method !== 'GET' || request.headers.has('Range')) return
  event.respondWith(answer(event, kept, path))
}

async function answer(event: FetchEvent, kept: KeptBuild, path: string): Promise<Response> {
  const found = await kept.find(path).catch(() => null)
  if (found !== null) return found
  const response = await fetch(event.request)
  if (response.ok && kept.has(path)) {
    // A full disk costs only the copy.
    event.waitUntil(kept.store(path, response.clone()).catch(() => undefined))
  }
  return withPageHeaders(response)
}
