import { quoted } from '../../core/display-text'
import { failed, success, type Outcome } from '../../core/failure'
import { formatCount, formatQuantity } from '../../core/format'

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

/** Fails where a set has not exactly one checkpoint per window. */
export function checkCheckpoints<Model>(
  { name, checkpoints }: CheckpointSet<Model>,
  windows: number,
): Outcome<null> {
  if (checkpoints.length === windows) return success(null)
  const first = String(Math.min(checkpoints.length, windows)).padStart(3, '0')
  return failed(
    'setting-invalid',
    `${quoted(name)} has ${formatQuantity(checkpoints.length, 'checkpoint')} for ${formatQuantity(windows, 'window')}.`,
    checkpoints.length < windows
      ? `Add the checkpoints from ${name}_w${first} on, or choose ${formatCount(checkpoints.length)} windows.`
      : `Remove the checkpoints from ${name}_w${first} on, or choose ${formatCount(checkpoints.length)} windows.`,
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
