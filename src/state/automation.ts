import type { Automation, AutomationFiles, AutomationSetup } from '../core/automation'
import { failed, success, type Outcome } from '../core/failure'
import type { NamedPart } from '../report/check-parts'
import { describeRows } from '../report/describe-rows'
import type { AppState } from './app-state.svelte'
import { checkRecipe } from './check-recipe'
import { checkSettings } from './check-settings'
import { choicesWithRecipe } from './recipe'
import { settingsWithRecipe } from './settings-with-recipe'
import { startMerge, startShare } from './shards'

/** The page's verbs for a program that drives it. */
export function createAutomation(app: AppState): Automation {
  const { setup, shelf } = app
  const parts: NamedPart[] = []
  return {
    version: app.version,
    raiseCaps: (limits) => shelf.raiseCaps(limits),
    async settled(): Promise<AutomationFiles> {
      await app.settled()
      return {
        models: shelf.readyModels,
        dataset: setup.dataset,
        failures: shelf.faults.map(({ fileName, failure }) => ({ fileName, failure })),
      }
    },
    async configure(settings): Promise<Outcome<AutomationSetup>> {
      await app.settled()
      const policy = await app.readPolicyOptions(settings.policy, settings.windows)
      if (!policy.ok) return policy
      const context = {
        ...{ tasks: setup.tasks, models: setup.models, dataset: setup.dataset },
        policy: policy.value,
      }
      const recipe = checkRecipe(settings, context.dataset, context.models)
      if (!recipe.ok) return recipe
      const all = recipe.value === null ? settings : settingsWithRecipe(settings, recipe.value)
      const images = recipe.value?.choices.images ?? {}
      const checked = checkSettings(all, { ...context, images })
      if (!checked.ok) return checked
      setup.choices = choicesWithRecipe(checked.value.choices, recipe.value?.choices ?? {})
      setup.baselineName = null
      setup.baselineId = checked.value.baselineId
      setup.setSettings(checked.value.evaluation)
      setup.refresh()
      await setup.settled()
      return describeSetup(app)
    },
    async run() {
      await app.settled()
      return app.start({ keepsRecipe: false })
    },
    async runShare(share) {
      await app.settled()
      return startShare(app, share)
    },
    addPart: (fileName, part) => {
      parts.push({ fileName, part })
    },
    merge: () => startMerge(app, parts.splice(0)),
    testSpeed: () => app.testSpeed(),
    cancel: () => {
      app.cancel()
    },
    subscribe: (listener) => {
      app.run.subscribe(listener)
      app.speed.subscribe(listener)
    },
  }
}

function describeSetup({ setup }: AppState): Outcome<AutomationSetup> {
  const { blocker, kind, metric, roles, plan, prepared } = setup
  if (blocker !== null) return { ok: false, failure: blocker }
  if (kind === null || metric === null || plan === null || prepared === null) {
    return failed('internal', 'The setup is incomplete.', 'Load the page again.')
  }
  const rows = prepared.chosen === null ? null : describeRows(prepared)
  const { metrics } = setup
  return success({ kind, metric: metric.id, metrics, roles, rows, plan: plan.reason })
}
