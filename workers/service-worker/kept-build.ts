import type { BuildFile, BuildManifest, KeepTime } from '../../src/hosting/build-manifest'
import { buildLock, cachePrefix } from '../../src/hosting/build-names'
import { HASHED_FOLDER } from '../../src/hosting/cache-control'
import { withPageHeaders } from './with-page-headers'

/**
 * The files of one build in a cache of their own. Nothing is kept whose hash is not the build's:
 * neither half a file, nor a host's error page, nor a file of another build.
 */
export class KeptBuild {
  readonly #files: ReadonlyMap<string, BuildFile>
  readonly #prefix: string

  /** @param scope address of the page's folder, with the final slash */
  constructor(
    private readonly build: BuildManifest,
    private readonly scope: URL,
  ) {
    this.#files = new Map(build.files.map((file) => [file.path, file]))
    this.#prefix = cachePrefix(scope.pathname)
  }

  /** Path within the build; null for an address outside of the page's folder. */
  pathOf(address: string): string | null {
    const { origin, pathname } = new URL(address)
    if (origin !== this.scope.origin || !pathname.startsWith(this.scope.pathname)) return null
    const path = pathname.slice(this.scope.pathname.length)
    return path === 'index.html' ? '' : path
  }

  /** Fetches the files of this time that are not kept yet. Rejects at the first one that fails. */
  async keep(time: KeepTime): Promise<void> {
    const cache = await this.#open()
    for (const file of this.build.files) {
      if (file.keep !== time) continue
      const address = this.#address(file.path)
      if ((await cache.match(address)) !== undefined) continue
      // Names without a hash may be those of the last build in the browser's own cache.
      const isHashed = file.path.startsWith(HASHED_FOLDER)
      const response = await fetch(address, { cache: isHashed ? 'default' : 'no-cache' })
      if (await this.#put(cache, file, response)) continue
      const again = await fetch(address, { cache: 'reload' })
      if (!(await this.#put(cache, file, again))) {
        throw new Error(`${address} is not the file of build ${this.build.id}`)
      }
    }
  }

  /**
   * A file of this build; failing that, one of a build before, where its name holds the hash of its
   * content: pages of that build may still be open.
   */
  async find(path: string): Promise<Response | null> {
    const address = this.#address(path)
    const own = await (await this.#open()).match(address)
    if (own !== undefined) return own
    if (!path.startsWith(HASHED_FOLDER)) return null
    for (const name of await this.#names()) {
      const found = await (await caches.open(name)).match(address)
      if (found !== undefined) return found
    }
    return null
  }

  /** Keeps a response that was fetched for a page, where it is a file of this build. */
  async store(path: string, response: Response): Promise<void> {
    const file = this.#files.get(path)
    if (file !== undefined) await this.#put(await this.#open(), file, response)
  }

  has(path: string): boolean {
    return this.#files.has(path)
  }

  /**
   * Deletes what was kept of builds that no open page is of.
   * @param isNextOnItsWay looked at after the names are read: the next build's files are not unused
   */
  async dropUnused(isNextOnItsWay: () => boolean): Promise<void> {
    const { held = [] } = await navigator.locks.query()
    const inUse = new Set(held.map(({ name }) => name))
    const names = await this.#names()
    if (isNextOnItsWay()) return
    for (const name of names) {
      const id = name.slice(this.#prefix.length)
      const isOpen = inUse.has(buildLock(this.scope.pathname, id))
      if (id !== this.build.id && !isOpen) await caches.delete(name)
    }
  }

  async dropAll(): Promise<void> {
    for (const name of await this.#names()) await caches.delete(name)
  }

  async #put(cache: Cache, file: BuildFile, response: Response): Promise<boolean> {
    if (!response.ok) return false
    const kept = withPageHeaders(response)
    const bytes = await kept.clone().arrayBuffer()
    if ((await sha256Hex(bytes)) !== file.sha256) return false
    await cache.put(this.#address(file.path), kept)
    return true
  }

  #open(): Promise<Cache> {
    return caches.open(`${this.#prefix}${this.build.id}`)
  }

  async #names(): Promise<readonly string[]> {
    return (await caches.keys()).filter((name) => name.startsWith(this.#prefix))
  }

  #address(path: string): string {
    return new URL(path, this.scope).href
  }
}

async function sha256Hex(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
