import { displayText } from '../core/display-text'
import { bundleFolders, type DroppedFile } from './bundle-folders'
import type { FileShelf } from './file-shelf.svelte'
import type { RecipesState } from './recipes-state.svelte'
import type { RunState } from './run-state.svelte'
import type { Sharing } from './sharing.svelte'
import { takeReports } from './take-reports'

interface Places {
  readonly run: RunState
  readonly shelf: FileShelf
  readonly sharing: Sharing
  readonly recipes: RecipesState
  /** Files for the next comparison have come. */
  onFiles(): void
}

/** Files on their way in: reports are opened, a history is imported, all else is for the shelf. */
export class FileIntake {
  readonly #places: Places
  /** Files that came while a run was going on. */
  #waiting: readonly File[] = []
  #adding: readonly Promise<void>[] = []

  constructor(places: Places) {
    this.#places = places
  }

  async add(files: Iterable<File>): Promise<void> {
    const { run, shelf } = this.#places
    if (run.isRunning) {
      this.#waiting = [...this.#waiting, ...files]
      const text = 'New files wait until this run has ended.'
      shelf.notice = { text, undo: () => this.#dropWaiting() }
      return
    }
    await this.#track(this.#take([...files], true))
  }

  /** Files with their folders, which browsers take a while to hand over. */
  addDropped(dropped: Promise<readonly DroppedFile[]>): Promise<void> {
    return this.#track(dropped.then(bundleFolders).then((files) => this.add(files)))
  }

  async #track(adding: Promise<void>): Promise<void> {
    this.#adding = [...this.#adding, adding]
    await adding
    this.#adding = this.#adding.filter((other) => other !== adding)
  }

  async settled(): Promise<void> {
    await Promise.all(this.#adding)
  }

  /** The verdict stays on screen: nobody asked to leave it. */
  addWaiting(): void {
    const waiting = this.#waiting
    this.#waiting = []
    if (waiting.length === 0) return
    this.#places.shelf.notice = { text: 'The files that waited are now in the setup.', undo: null }
    void this.#take(waiting, false)
  }

  async #take(files: readonly File[], isShown: boolean): Promise<void> {
    const { shelf, sharing, onFiles } = this.#places
    const { reports, histories, recipes: setups, others } = await takeReports(files)
    for (const [file, failure] of await sharing.opened.open(reports)) {
      shelf.addFailure(displayText(file.name), failure)
    }
    for (const file of histories) {
      shelf.notice = { text: await sharing.history.import(file), undo: null }
    }
    if (others.length + setups.length === 0) return
    if (isShown) {
      if (reports.length === 0) sharing.close()
      onFiles()
    }
    const before = shelf.dataset?.id
    if (others.length > 0) await shelf.add(others)
    await this.#setUp(setups, before)
  }

  /** By the recipes that came, else as the last time where another data set has come. */
  async #setUp(files: readonly File[], before: string | undefined): Promise<void> {
    const { shelf, recipes } = this.#places
    const said = waitsText(recipes.waiting?.fileName ?? null)
    for (const file of files) {
      const failure = await recipes.open(file)
      if (failure !== null) shelf.addFailure(displayText(file.name), failure)
    }
    const dataset = shelf.dataset?.info ?? null
    const isGiven = dataset !== null && recipes.applied?.datasetId === dataset.id
    if (dataset !== null && dataset.id !== before && !isGiven) await recipes.apply(dataset)
    const text = waitsText(recipes.waiting?.fileName ?? null)
    if (text !== null && text !== said) shelf.notice = { text, undo: null }
    else if (text === null && said !== null && shelf.notice?.text === said) shelf.notice = null
  }

  #dropWaiting(): void {
    this.#waiting = []
    this.#places.shelf.notice = null
  }
}

function waitsText(recipe: string | null): string | null {
  return recipe === null ? null : `${recipe} is a recipe: it waits for its data.`
}
