import { realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, relative, resolve } from 'node:path'
import type { AutomationFiles } from '../core/automation'
import { displayText } from '../core/display-text'
import type { InputFiles } from './input-files'

/**
 * Files of weights that models ask for and that lie beside them or below their folders, links followed.
 * The names come from the models: nothing outside of a model's own folder is found. Of two models that
 * ask for different files of one name neither gets one, for the page tells files apart by name alone.
 * @param paths of everything that was given to the page
 */
export function findWeights(
  { failures }: Pick<AutomationFiles, 'failures'>,
  paths: readonly string[],
): Pick<InputFiles, 'paths' | 'bytes'> {
  const found = new Map<string, Set<string>>()
  for (const { fileName, failure } of failures) {
    const model = paths.find((path) => displayText(basename(path)) === fileName)
    if (model === undefined) continue
    for (const wanted of failure.wanted ?? []) {
      const path = besideModel(model, wanted)
      if (path === null) continue
      const name = basename(path)
      found.set(name, (found.get(name) ?? new Set()).add(path))
    }
  }
  const clear = [...found.values()].flatMap((set) => (set.size === 1 ? [...set] : []))
  return {
    paths: clear,
    bytes: clear.reduce((sum, path) => sum + (statSync(path).size || 0), 0),
  }
}

/** Where the file lies; null where it is absent, no file, or outside of the model's folder. */
function besideModel(model: string, wanted: string): string | null {
  const folder = dirname(model)
  const path = resolve(folder, wanted)
  try {
    const inside = relative(realpathSync(folder), realpathSync(path))
    const isOutside = inside.startsWith('..') || isAbsolute(inside)
    return isOutside || !statSync(path).isFile() ? null : path
  } catch {
    return null
  }
}
