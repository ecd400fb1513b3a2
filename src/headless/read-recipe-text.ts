import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { AutomationSettings } from '../core/automation'
import { RECIPE_BYTES } from '../core/caps'
import { failed, success, type Outcome } from '../core/failure'
import { formatBytes } from '../core/format'
import { findInputFiles } from './input-files'

/** A recipe as the page reads it; null where none is named. */
export function readRecipeText(
  name: string | null,
): Outcome<NonNullable<AutomationSettings['recipe']> | null> {
  if (name === null) return success(null)
  const found = findInputFiles([name])
  if (!found.ok) return found
  const { paths, bytes } = found.value
  const [path] = paths
  if (path === undefined) return success(null)
  if (bytes > RECIPE_BYTES) {
    return failed(
      'file-too-large',
      `"${name}" has ${formatBytes(bytes)}; a recipe has up to ${formatBytes(RECIPE_BYTES)}.`,
      'Name a recipe that Bakeoff has saved.',
    )
  }
  return success({ fileName: basename(path), text: readFileSync(path, 'utf8') })
}
