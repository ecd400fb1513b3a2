import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** The folder that holds `package.json`. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The built page. */
export const DIST = join(ROOT, 'dist')

/** What the launcher remembers between runs; goes when `node_modules` goes. */
export const CACHE = join(ROOT, 'node_modules', '.bakeoff')

/** @param {string} path relative to the root */
export function fromRoot(path) {
  return join(ROOT, path)
}
