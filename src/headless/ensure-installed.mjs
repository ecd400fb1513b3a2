import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromRoot, ROOT } from './repository.mjs'
import { runNpm } from './run-npm.mjs'

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional] For another platform, perhaps: may be absent.
 */

/**
 * Installs what `package-lock.json` asks for, unless it is there already. Says so in one line.
 * @returns {Promise<boolean>} whether everything is there now
 */
export async function ensureInstalled() {
  if (isInstalled()) return true
  console.error('Installing packages (npm ci) …')
  const { exitCode, output } = await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund'])
  if (exitCode === 0 && isInstalled()) return true
  console.error(output.trim())
  console.error('The packages could not be installed. Check the network, then try again.')
  return false
}

function isInstalled() {
  const wanted = readLock(fromRoot('package-lock.json'))
  // npm writes down here what it really installed.
  const present = readLock(fromRoot('node_modules/.package-lock.json'))
  if (wanted === null || present === null) return false
  return Object.entries(wanted).every(([path, locked]) => {
    if (path === '' || locked.optional === true) return true
    return present[path]?.version === locked.version && existsSync(join(ROOT, path))
  })
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | null}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}
