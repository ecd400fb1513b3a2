import { Session, type Profiler } from 'node:inspector'

/**
 * What code of ours has been reached, by V8's own block coverage: functions and blocks of files under
 * `src/`, and about how often.
 */
export class Coverage {
  readonly #session = new Session()
  readonly #reached = new Set<string>()

  constructor() {
    this.#session.connect()
    this.#session.post('Profiler.enable')
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  get size(): number {
    return this.#reached.size
  }

  /** Blocks that were reached since the last call and never before. */
  takeNew(): readonly string[] {
    const found = this.takeAll().filter((block) => !this.#reached.has(block))
    for (const block of found) this.#reached.add(block)
    return found
  }

  /** All blocks that were reached since the last call. */
  takeAll(): readonly string[] {
    let scripts: readonly Profiler.ScriptCoverage[] = []
    // The callback comes at once.
    this.#session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error === null) scripts = result
    })
    return scripts.filter(({ url }) => isOurs(url)).flatMap(blocksOf)
  }

  close(): void {
    this.#session.disconnect()
  }
}

function isOurs(url: string): boolean {
  return url.includes('/src/') && !url.includes('/node_modules/')
}

function blocksOf({ url, functions }: Profiler.ScriptCoverage): readonly string[] {
  return functions.flatMap(({ functionName, ranges }) =>
    ranges
      .filter(({ count }) => count > 0)
      .map(({ startOffset, endOffset, count }) => {
        // A loop that ran once is not one that ran a thousand times.
        const often = Math.min(8, Math.floor(Math.log2(count)))
        return [url, functionName, startOffset, endOffset, often].join(' ')
      }),
  )
}
