import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { AutomationSettings } from '../core/automation'
import type { Share } from '../core/part'

/** Nobody resumes a comparison after this long; its folder goes when the next one begins. */
const MAX_AGE_MS = 14 * 24 * 60 * 60_000

/**
 * The folder in which a comparison keeps its browser profile, and with it the rows that are
 * finished. One per files, settings that answers depend on and share, so that the same command finds it
 * again. What is in it is used by content: a file that has changed meanwhile is only computed anew.
 * @param paths absolute, models and data in the order given
 */
export function runFolder(
  paths: readonly string[],
  settings: AutomationSettings,
  share: Share | null,
): string {
  const { kind, target, features, policy, evaluation } = settings
  const backend = evaluation.backend ?? null
  const text = JSON.stringify([paths, kind, target, features, policy, backend, share])
  return join(runsFolder(), createHash('sha256').update(text).digest('hex').slice(0, 24))
}

function runsFolder(): string {
  const { XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = process.env
  const onWindows = process.platform === 'win32' ? local : undefined
  // An empty variable counts as unset, as the XDG specification has it.
  const cache = [xdg, onWindows].find((folder) => folder !== undefined && folder !== '')
  return join(cache ?? join(homedir(), '.cache'), 'bakeoff', 'runs')
}

/** Whether an earlier run has left its folder there. */
export function isRunKept(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
}

/** Makes the folder, readable by its owner alone, and removes the ones that were forgotten. */
export function makeRunFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const runs = runsFolder()
  for (const name of readdirSync(runs)) {
    const path = join(runs, name)
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity)
    if (path !== folder && age > MAX_AGE_MS) rmSync(path, { recursive: true, force: true })
  }
}

/** The comparison has ended: nothing is left to resume. */
export function removeRunFolder(folder: string): void {
  // Renamed first: whoever begins the same comparison now gets a folder of its own.
  const aside = `${folder}.${String(process.pid)}`
  try {
    renameSync(folder, aside)
    rmSync(aside, { recursive: true, force: true, maxRetries: 3 })
  } catch {
    // What cannot be removed now is old one day.
  }
}
