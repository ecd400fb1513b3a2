import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { CACHE, DIST, fromRoot, ROOT } from './repository.mjs'
import { runNode } from './run-command.mjs'

/** Everything that the built page is made from. */
const SOURCES = [
  'src',
  'workers',
  'public',
  'index.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
]

const STAMP = join(CACHE, 'dist.sha256')

/**
 * Builds the page into `dist/` unless it was built from these very sources. Says so in one line.
 * @returns {Promise<boolean>} whether `dist/` is up to date now
 */
export async function ensureBuilt() {
  const stamp = hashSources()
  if (existsSync(join(DIST, 'index.html')) && readStamp() === stamp) return true
  console.error('Building the page (vite build) …')
  // Built aside and moved: a failed or second build never leaves half a page in `dist/`.
  const aside = join(CACHE, `dist-${String(process.pid)}`)
  const vite = fromRoot('node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--outDir', aside, '--emptyOutDir', '--logLevel', 'warn']
  const { exitCode, output } = await runNode(args, { output: 'keep' })
  if (exitCode !== 0) {
    console.error(output.trim())
    console.error('The page could not be built.')
    rmSync(aside, { recursive: true, force: true })
    return false
  }
  moveFolder(aside, DIST)
  writeFileSync(STAMP, stamp)
  return true
}

function hashSources() {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap((source) => listFiles(fromRoot(source)))) {
    const bytes = readFileSync(path)
    hash.update(`${relative(ROOT, path)}\0${String(bytes.length)}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/**
 * @param {string} path of a file or folder
 * @returns {string[]} the file, or all files below the folder, in a fixed order
 */
function listFiles(path) {
  if (!existsSync(path)) return []
  try {
    return readdirSync(path)
      .sort()
      .flatMap((name) => listFiles(join(path, name)))
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOTDIR') return [path]
    throw error
  }
}

function readStamp() {
  return existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : null
}

/**
 * @param {string} from
 * @param {string} to replaced
 */
function moveFolder(from, to) {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(CACHE, { recursive: true })
  try {
    renameSync(from, to)
  } catch {
    // `node_modules` may be mounted from another disk.
    cpSync(from, to, { recursive: true })
    rmSync(from, { recursive: true, force: true })
  }
}
