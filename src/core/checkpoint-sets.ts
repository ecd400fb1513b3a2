import { quoted } from './display-text'
import { failed, success, type Outcome } from './failure'
import { formatCount, formatList, formatQuantity } from './format'

/** Checkpoints of one policy, one per walk-forward window. */
export interface CheckpointSet<Model> {
  /** What the names share, before `_w000`. */
  readonly name: string
  /** Entry i runs window i. */
  readonly checkpoints: readonly Model[]
}

export interface GroupedModels<Model> {
  readonly sets: readonly CheckpointSet<Model>[]
  /** Models that stand alone. */
  readonly single: readonly Model[]
}

/** Four digits would pass the number of windows that a table can have. */
const PATTERN = /^(.+)_w(\d{1,5})$/
/** A list of more missing names helps nobody. */
const MOST_NAMED = 20

/**
 * Finds models that are named per window, `NAME_w000`, `NAME_w001`, … A name that occurs once, or
 * whose numbers do not begin at 0 or leave one out, is no set: those models stand alone.
 */
export function checkpointSets<Model extends { readonly name: string }>(
  models: readonly Model[],
): GroupedModels<Model> {
  const groups = new Map<string, Map<number, Model>>()
  for (const model of models) {
    const match = PATTERN.exec(model.name)
    if (match === null) continue
    const name = match[1] ?? ''
    const group = groups.get(name) ?? new Map<number, Model>()
    // A second model of the same number leaves its group with fewer entries than models.
    if (!group.has(Number(match[2]))) group.set(Number(match[2]), model)
    groups.set(name, group)
  }
  const sets = [...groups]
    .map(([name, group]) => ({ name, checkpoints: inOrder(group) }))
    .filter(({ checkpoints }) => checkpoints.length > 1)
  const grouped = new Set(sets.flatMap(({ checkpoints }) => checkpoints))
  return { sets, single: models.filter((model) => !grouped.has(model)) }
}

/** Sentences on models that are named per window and yet make no set, by name. */
export function describeStrays(models: readonly { readonly name: string }[]): readonly string[] {
  const groups = new Map<string, number[]>()
  for (const { name } of checkpointSets(models).single) {
    const match = PATTERN.exec(name)
    if (match === null) continue
    const group = match[1] ?? ''
    groups.set(group, [...(groups.get(group) ?? []), Number(match[2])])
  }
  return [...groups].flatMap(([name, numbers]) => {
    const count = Math.max(...numbers) + 1
    const missing = Array.from({ length: Math.min(count, MOST_NAMED) }, (_, index) => index)
      .filter((index) => !numbers.includes(index))
      .map((index) => checkpointName(name, index))
    if (numbers.length < 2 || missing.length === 0) return []
    return [
      `The checkpoints of ${quoted(name)} are compared as models of their own: ${formatList(missing)} ${missing.length === 1 ? 'is' : 'are'} missing.`,
    ]
  })
}

/** Fails where a set has not exactly one checkpoint per window. */
export function checkCheckpoints<Model>(
  { name, checkpoints }: CheckpointSet<Model>,
  windows: number,
): Outcome<null> {
  if (checkpoints.length === windows) return success(null)
  if (windows === 0) {
    return failed(
      'setting-invalid',
      `${quoted(name)} has ${formatQuantity(checkpoints.length, 'checkpoint')}, one for each walk-forward window, and no windows are set.`,
      `Set ${formatCount(checkpoints.length)} walk-forward windows, or rename the files to compare them one by one.`,
    )
  }
  const first = checkpointName(name, Math.min(checkpoints.length, windows))
  return failed(
    'setting-invalid',
    `${quoted(name)} has ${formatQuantity(checkpoints.length, 'checkpoint')} for ${formatQuantity(windows, 'window')}.`,
    checkpoints.length < windows
      ? `Add the checkpoints from ${first} on, or choose ${formatCount(checkpoints.length)} windows.`
      : `Remove the checkpoints from ${first} on, or choose ${formatCount(checkpoints.length)} windows.`,
  )
}

/** Empty where a number from 0 on is left out. */
function inOrder<Model>(group: ReadonlyMap<number, Model>): readonly Model[] {
  const ordered: Model[] = []
  for (let index = 0; index < group.size; index += 1) {
    const model = group.get(index)
    if (model === undefined) return []
    ordered.push(model)
  }
  return ordered
}

function checkpointName(name: string, index: number): string {
  return `${name}_w${String(index).padStart(3, '0')}`
}
