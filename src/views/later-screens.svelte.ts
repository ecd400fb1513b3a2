import type ComparisonScreens from './ComparisonScreens.svelte'

type Screens = typeof ComparisonScreens

/** The screens after the first one, which does without their code; charts are most of it. */
export class LaterScreens {
  /** Null until they are loaded. */
  screens = $state.raw<Screens | null>(null)
  /** Without a network, or where a newer version has replaced the files of this page. */
  isMissing = $state(false)

  #isLoading = false

  async load(): Promise<void> {
    if (this.#isLoading || this.screens !== null) return
    this.#isLoading = true
    try {
      this.screens = (await import('./ComparisonScreens.svelte')).default
      this.isMissing = false
    } catch {
      this.isMissing = true
    } finally {
      this.#isLoading = false
    }
  }
}
