/** Counts evaluator workers, and changes what workers start with, at the browser's own constructor. */
export class WorkerWatch {
  alive = 0
  started = 0
  /** Script text by worker name, run in the worker's realm before its own script. */
  readonly preludes = new Map<string, string>()
  /** Address by worker name, used instead of the worker's own script. */
  readonly scripts = new Map<string, string>()
  readonly #original = globalThis.Worker

  constructor() {
    const note = (change: number) => {
      this.alive += change
      this.started += Math.max(0, change)
    }
    const address = (url: string | URL, name: string) => this.#address(url, name)
    globalThis.Worker = class extends this.#original {
      #isCounted: boolean
      constructor(url: string | URL, options?: WorkerOptions) {
        super(address(url, options?.name ?? ''), options)
        this.#isCounted = options?.name === 'evaluator'
        if (this.#isCounted) note(1)
      }
      override terminate(): void {
        super.terminate()
        if (this.#isCounted) note(-1)
        this.#isCounted = false
      }
    }
  }

  restore(): void {
    globalThis.Worker = this.#original
  }

  #address(url: string | URL, name: string): string | URL {
    const script = this.scripts.get(name)
    if (script !== undefined) return script
    const prelude = this.preludes.get(name)
    if (prelude === undefined) return url
    const first = URL.createObjectURL(new Blob([prelude], { type: 'text/javascript' }))
    const own = new URL(url, location.href).href
    const text = `import ${JSON.stringify(first)}\nimport ${JSON.stringify(own)}`
    return URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  }
}
