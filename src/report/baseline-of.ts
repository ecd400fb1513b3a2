import type { Report } from '../core/report'

/**
 * The model that the others are held against: the one that the statistics
 * name, the one that was chosen, else the first that was given. Null where there is no model at all.
 */
export function baselineOf({ statistics, task, models }: Report): string | null {
  const names = [statistics?.baseline, task.settings['baseline'], models[0]?.name]
  const found = names.find((name) => models.some((model) => model.name === name))
  return typeof found === 'string' ? found : null
}
