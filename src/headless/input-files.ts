import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorText, failed, success, type Outcome } from '../core/failure'
import { userPath } from './user-folder.mjs'

export interface InputFiles {
  /** Absolute, in the order given. */
  readonly paths: readonly string[]
  readonly bytes: number
}

/** Finds files as the user named them, before anything is started for them. */
export function findInputFiles(names: readonly string[]): Outcome<InputFiles> {
  const paths: string[] = []
  let bytes = 0
  for (const name of names) {
    const path = userPath(name)
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats === undefined) return unreadable(name, 'does not exist', 'Check the path.')
    if (!stats.isFile()) return unreadable(name, 'is not a file', 'Name the files one by one.')
    try {
      accessSync(path, constants.R_OK)
    } catch {
      return unreadable(name, 'may not be read', 'Check its permissions.')
    }
    paths.push(path)
    bytes += stats.size
  }
  return success({ paths, bytes })
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
