import type { ModelInfo } from '../core/model'

/**
 * Which policies of Stable-Baselines3 take the statistics in a file: those whose name opens its name
 * (`champion_vec_normalize.pkl`), the longest name first; else all of them.
 */
export function normalisedModels(
  fileName: string,
  models: readonly ModelInfo[],
): readonly ModelInfo[] {
  const policies = models.filter(({ format }) => format === 'sb3-zip')
  const named = policies
    .filter(({ name }) => fileName.toLowerCase().startsWith(name.toLowerCase()))
    .toSorted((a, b) => b.name.length - a.name.length)
  return named.length > 0 ? named.slice(0, 1) : policies
}
