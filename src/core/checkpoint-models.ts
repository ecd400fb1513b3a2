import { checkpointSets, type CheckpointSet } from './checkpoint-sets'
import { contentHash } from './content-hash'
import type { ModelInfo } from './model'

/**
 * The models of a comparison of policies: checkpoints of one policy, named per window, are one model.
 * Each set stands where its first checkpoint stood. A set whose name another model has is no set.
 */
export function checkpointModels(models: readonly ModelInfo[]): readonly ModelInfo[] {
  const names = new Set(models.map(({ name }) => name))
  const sets = checkpointSets(models).sets.filter(({ name }) => !names.has(name))
  const setOf = new Map(sets.flatMap((set) => set.checkpoints.map(({ id }) => [id, set] as const)))
  return models.flatMap((model) => {
    const set = setOf.get(model.id)
    if (set === undefined) return [model]
    return set.checkpoints[0] === model ? [asOneModel(set, model)] : []
  })
}

/** What its checkpoints share is the first one's; bytes and parameters are those of the largest. */
function asOneModel({ name, checkpoints }: CheckpointSet<ModelInfo>, first: ModelInfo): ModelInfo {
  const hashes = checkpoints.map(({ sha256 }) => sha256).join('')
  return {
    ...first,
    id: `set of ${first.id}`,
    name,
    sha256: contentHash(new TextEncoder().encode(hashes)),
    bytes: Math.max(...checkpoints.map(({ bytes }) => bytes)),
    parameters: Math.max(...checkpoints.map(({ parameters }) => parameters)),
    wasmOnly: checkpoints.find(({ wasmOnly }) => wasmOnly !== null)?.wasmOnly ?? null,
    usesFloat16: checkpoints.some(({ usesFloat16 }) => usesFloat16),
    warnings: [...new Set(checkpoints.flatMap(({ warnings }) => warnings))],
    checkpoints,
  }
}
