/** A component that the first screen does without: its code is loaded when it is wanted. */
export class LaterComponent<T> {
  /** Null until it is loaded. */
  component = $state.raw<T | null>(null)
  /** Without a network, or where a newer version has replaced the files of this page. */
  isMissing = $state(false)

  #isLoading = false

  constructor(private readonly fetchModule: () => Promise<{ readonly default: T }>) {}

  async load(): Promise<void> {
    if (this.#isLoading || this.component !== null) return
    this.#isLoading = true
    try {
      this.component = (await this.fetchModule()).default
      this.isMissing = false
    } catch {
      this.isMissing = true
    } finally {
      this.#isLoading = false
    }
  }
}
