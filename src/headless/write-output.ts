import { writeFileSync } from 'node:fs'
import { errorText, failed, success, type Outcome } from '../core/failure'
import { userPath } from './user-folder.mjs'

/** Writes a document to a file of the user's, or to standard output for `-`. */
export function writeOutput(name: string, text: string): Outcome<null> {
  if (name === '-') {
    process.stdout.write(text)
    return success(null)
  }
  try {
    writeFileSync(userPath(name), text)
    return success(null)
  } catch (error) {
    const detail = errorText(error)
    const reason = detail.split(',')[0] ?? ''
    return failed(
      'setting-invalid',
      `"${name}" could not be written (${reason}).`,
      'Make room there or name another file.',
      detail,
    )
  }
}
