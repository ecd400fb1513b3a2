import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { BuildFile, KeepTime } from './build-manifest.ts'
import { SERVICE_WORKER_FILE } from './build-names.ts'

/** Read by hosts and crawlers, never by the page. */
const NOT_FOR_THE_PAGE = new Set([SERVICE_WORKER_FILE, '_headers', 'robots.txt'])

/** Every file of a built page, in a fixed order. */
export function listBuildFiles(folder: string): readonly BuildFile[] {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .filter((path) => !NOT_FOR_THE_PAGE.has(path))
    .sort()
  return paths.map((path) => ({
    path: path === 'index.html' ? '' : path,
    sha256: createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex'),
    keep: keepTime(path),
  }))
}

/**
 * The plain WASM runtime is what every comparison without a network needs, and large; the WebGPU one
 * is of no use without an adapter, and a demo only to those who open it.
 */
function keepTime(path: string): KeepTime {
  if (path.startsWith('demo/')) return 'use'
  if (!/^assets\/ort[.-]/.test(path)) return 'install'
  return path.includes('jspi') ? 'use' : 'idle'
}
