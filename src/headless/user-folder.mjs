import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { ROOT } from './repository.mjs'

let folder = process.cwd()

/**
 * npm starts scripts in the package's own folder and leaves the caller's in `INIT_CWD`. A process
 * that merely inherited that variable runs elsewhere, so it counts only in the root.
 */
export function setUserFolder() {
  const caller = process.env['INIT_CWD']
  const startedByNpm = realpathSync(process.cwd()) === realpathSync(ROOT)
  folder = startedByNpm && caller !== undefined && caller !== '' ? caller : process.cwd()
}

/**
 * A path as the user typed it, made absolute.
 * @param {string} path
 */
export function userPath(path) {
  return resolve(folder, path)
}
