import type { DatasetInfo } from '../core/dataset'
import { displayText } from '../core/display-text'
import type { Failure } from '../core/failure'
import type { KeptRecipe } from '../engine/journal-database'
import { RecipeStore } from '../engine/recipe-store'
import { absentColumns } from './absent-columns'
import { choicesWithin, type SetupChoices } from './choices-within'
import { readRecipe, recipeId, recipeOf, type Recipe } from './recipe'
import { readRecipeFile } from './recipe-file'
import type { SetupState } from './setup-state.svelte'

export type { KeptRecipe }

/** A recipe that was applied to the data set on the shelf. */
export interface AppliedRecipe {
  /** Kept in this browser, or the name of a file. */
  readonly from: KeptRecipe | string
  readonly recipe: Recipe
  readonly datasetId: string
  /** Columns that it names and the data set lacks. */
  readonly absent: readonly string[]
  readonly before: Recipe
}

/** How data sets were set up the last time, in this browser or by a file. */
export class RecipesState {
  /** Latest first. */
  items = $state.raw<readonly KeptRecipe[]>([])
  problem = $state<string | null>(null)
  /** Until it is undone, forgotten or the data set goes. */
  applied = $state.raw<AppliedRecipe | null>(null)
  /** A file whose data set has not come yet. */
  waiting = $state.raw<{ readonly fileName: string; readonly recipe: Recipe } | null>(null)

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

  /** What is set up now, as a recipe; null where all is as proposed. */
  get current(): Recipe | null {
    const { choices, chosenBaseline, settings } = this.#setup
    return recipeOf(choices, chosenBaseline, settings.seed)
  }

  /**
   * Sets a data set that has just come up as the file that waits for it says, else as the last time; what
   * the user has chosen stays.
   */
  async apply(dataset: DatasetInfo): Promise<void> {
    const { waiting } = this
    if (waiting !== null) {
      this.waiting = null
      this.#apply(waiting.recipe, dataset, waiting.fileName)
      return
    }
    const kept = await this.#store.get(recipeId(dataset))
    const recipe = kept === null ? null : readRecipe(kept.setup)
    const setup = this.#setup
    if (kept === null || recipe === null || setup.dataset?.id !== dataset.id) return
    if (Object.keys(setup.choices).length > 0 || setup.baselineId !== null) return
    this.#apply(recipe, dataset, kept)
  }

  /** Takes a recipe from a file: for the data set that is here, else for the next one. */
  async open(file: File): Promise<Failure | null> {
    const read = await readRecipeFile(file)
    if (!read.ok) return read.failure
    const { dataset } = this.#setup
    const fileName = displayText(file.name)
    if (dataset === null) this.waiting = { fileName, recipe: read.value }
    else this.#apply(read.value, dataset, fileName)
    return null
  }

  #apply(recipe: Recipe, dataset: DatasetInfo, from: KeptRecipe | string): void {
    const setup = this.#setup
    const before = {
      choices: setup.choices,
      baseline: setup.chosenBaseline,
      seed: setup.settings.seed,
    }
    const absent = absentColumns(recipe.choices, dataset)
    this.applied = { from, recipe, datasetId: dataset.id, absent, before }
    this.#set(recipe, choicesWithin(recipe.choices, dataset))
  }

  #set({ baseline, seed }: Recipe, choices: SetupChoices): void {
    const setup = this.#setup
    setup.setSettings({ seed })
    setup.baselineId = null
    setup.baselineName = baseline
    setup.choices = choices
    setup.refresh()
  }

  /** Back to what was set up before it was applied. */
  undo(): void {
    const { applied } = this
    this.applied = null
    if (applied !== null) this.#set(applied.before, applied.before.choices)
  }

  /** Back to what Bakeoff proposes for whatever comes. */
  reset(): void {
    this.applied = null
    this.waiting = null
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
    const { applied } = this
    if (typeof applied?.from === 'object' && applied.from.id === id) this.undo()
    await this.#store.delete([id])
    await this.refresh()
  }

  async deleteAll(): Promise<void> {
    this.problem = null
    await this.#store.delete(this.items.map(({ id }) => id))
    await this.refresh()
  }
}
