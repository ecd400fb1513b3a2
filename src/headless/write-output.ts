import { writeFileSync } from 'node:fs'
import { userPath } from './user-folder.mjs'

/** Writes a document to a file of the user's, or to standard output for `-`. */
export function writeOutput(name: string, text: string): void {
  if (name === '-') process.stdout.write(text)
  else writeFileSync(userPath(name), text)
}
