import { accessSync, constants, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorText, failed, success, type Outcome } from '../core/failure'
import { userPath } from './user-folder.mjs'

export interface InputFiles {
  /** Absolute, in the order given. */
  readonly paths: readonly string[]
  /** Absolute; of images or of test data. */
  readonly folders: readonly string[]
  /** Of all files, those in folders included. */
  readonly bytes: number
}

/**
 * Finds files as the user named them, before anything is started for them.
 * @param data names that may be folders
 */
export function findInputFiles(
  names: readonly string[],
  data: readonly string[] = [],
): Outcome<InputFiles> {
  const paths: string[] = []
  const folders: string[] = []
  let bytes = 0
  for (const name of names) {
    const path = userPath(name)
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats === undefined) return unreadable(name, 'does not exist', 'Check the path.')
    if (stats.isDirectory() && data.includes(name)) {
      folders.push(path)
      bytes += folderBytes(path)
      continue
    }
    if (!stats.isFile()) return unreadable(name, 'is not a file', 'Name the files one by one.')
    try {
      accessSync(path, constants.R_OK)
    } catch {
      return unreadable(name, 'may not be read', 'Check its permissions.')
    }
    paths.push(path)
    bytes += stats.size
  }
  return success({ paths, folders, bytes })
}

/** Files that cannot be looked at are left to the browser, which says so. */
function folderBytes(folder: string): number {
  let bytes = 0
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    bytes += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0
  }
  return bytes
}

/** Refuses a file that could not be written in the end, so that no run is lost for it. */
export function checkOutputFile(name: string | null): Outcome<null> {
  if (name === null || name === '-') return success(null)
  const path = userPath(name)
  try {
    accessSync(dirname(path), constants.W_OK)
  } catch (error) {
    return failed(
      'setting-invalid',
      `"${name}" cannot be written: its folder is missing or write-protected.`,
      'Create the folder or name another file.',
      errorText(error),
    )
  }
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats?.isDirectory() === true
    ? failed('setting-invalid', `"${name}" is a folder.`, 'Name a file.')
    : success(null)
}

/** Makes the folder that tables go to. */
export function checkOutputFolder(name: string): Outcome<null> {
  const path = userPath(name)
  try {
    mkdirSync(path, { recursive: true })
    accessSync(path, constants.W_OK)
    return success(null)
  } catch (error) {
    return failed(
      'setting-invalid',
      `The folder "${name}" cannot be made or written to.`,
      'Name another folder.',
      errorText(error),
    )
  }
}

function unreadable(name: string, what: string, advice: string): Outcome<never> {
  return failed('file-unreadable', `"${name}" ${what}.`, advice)
}
