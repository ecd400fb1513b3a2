import type { Report } from '../core/report'

/**
 * The model that the others are held against: the one that was chosen, the one that the comparisons
 * name, else the first that was given. Null where there is no model at all.
 */
export function baselineOf({ task, comparisons, models }: Report): string | null {
  const names = [task.settings['baseline'], comparisons[0]?.baseline, models[0]?.name]
  const found = names.find((name) => models.some((model) => model.name === name))
  return typeof found === 'string' ? found : null
}
