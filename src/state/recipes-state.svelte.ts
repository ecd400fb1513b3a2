import type { DatasetInfo } from '../core/dataset'
import type { KeptRecipe } from '../engine/journal-database'
import { RecipeStore } from '../engine/recipe-store'
import { readRecipe, recipeId, recipeOf, type Recipe } from './recipe'
import type { SetupState } from './setup-state.svelte'

export type { KeptRecipe }

/** A recipe that was applied to the data set on the shelf. */
export interface AppliedRecipe {
  readonly kept: KeptRecipe
  readonly recipe: Recipe
  readonly datasetId: string
}

/** How data sets were set up the last time, in this browser. */
export class RecipesState {
  /** Latest first. */
  items = $state.raw<readonly KeptRecipe[]>([])
  problem = $state<string | null>(null)
  /** Until it is undone, forgotten or the data set goes. */
  applied = $state.raw<AppliedRecipe | null>(null)

  readonly #setup: SetupState
  readonly #store = new RecipeStore((problem) => {
    this.problem = problem
  })

  constructor(setup: SetupState) {
    this.#setup = setup
  }

  async refresh(): Promise<void> {
    const items = await this.#store.list()
    if (items !== null) this.items = items
  }

  /** Sets a data set that has just come up as the last time; what the user has chosen stays. */
  async apply(dataset: DatasetInfo): Promise<void> {
    const kept = await this.#store.get(recipeId(dataset))
    const recipe = kept === null ? null : readRecipe(kept.setup)
    const setup = this.#setup
    if (kept === null || recipe === null || setup.dataset?.id !== dataset.id) return
    if (Object.keys(setup.choices).length > 0 || setup.baselineId !== null) return
    this.applied = { kept, recipe, datasetId: dataset.id }
    setup.setSettings({ seed: recipe.seed })
    setup.baselineName = recipe.baseline
    setup.choose(recipe.choices)
  }

  /** Back to what Bakeoff proposes, for this time. */
  undo(): void {
    this.applied = null
    this.#setup.baselineId = null
    this.#setup.baselineName = null
    this.#setup.resetChoices()
  }

  /** After a setup has proved itself by being run. */
  async keep(dataset: DatasetInfo): Promise<void> {
    const { choices, chosenBaseline, settings } = this.#setup
    const id = recipeId(dataset)
    const recipe = recipeOf($state.snapshot(choices), chosenBaseline, settings.seed)
    if (recipe === null) await this.#store.delete([id])
    else {
      await this.#store.put({ id, datasetName: dataset.name, savedAt: Date.now(), setup: recipe })
    }
    await this.refresh()
  }

  async forget(id: string): Promise<void> {
    this.problem = null
    if (this.applied?.kept.id === id) this.undo()
    await this.#store.delete([id])
    await this.refresh()
  }

  async deleteAll(): Promise<void> {
    this.problem = null
    await this.#store.delete(this.items.map(({ id }) => id))
    await this.refresh()
  }
}
