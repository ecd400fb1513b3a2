import type { AutomationSettings } from '../core/automation'
import type { Recipe } from './recipe'

/** Settings of which those that were not given are as in the recipe. */
export function settingsWithRecipe(
  settings: AutomationSettings,
  recipe: Recipe,
): AutomationSettings {
  const { choices, baseline, seed } = recipe
  return {
    ...settings,
    kind: settings.kind ?? choices.kind ?? null,
    metric: settings.metric ?? choices.metric ?? null,
    target: settings.target ?? choices.target ?? null,
    features: settings.features ?? choices.features ?? null,
    reference: settings.reference ?? choices.reference ?? null,
    tolerance: settings.tolerance ?? choices.tolerance ?? null,
    sample: settings.sample ?? choices.sample ?? null,
    baseline: settings.baseline ?? baseline,
    evaluation: { seed, ...settings.evaluation },
  }
}
