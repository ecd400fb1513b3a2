import { readFileSync } from 'node:fs'

/** Longer than any test takes on a busy machine, and shorter than a stage of `npm test` may take. */
const SILENCE_LIMIT_MS = 4 * 60_000

/**
 * Ends a run of Vitest in which no test has ended for {@link SILENCE_LIMIT_MS}, and names the files
 * that were running. Vitest's own timeouts cannot interrupt a loop that never gives the thread back.
 */
export default class StuckTestReporter {
  /** @type {Set<string>} */
  #running = new Set()
  /** @type {NodeJS.Timeout | undefined} */
  #timer

  /** @param {{ readonly moduleId: string }} module */
  onTestModuleStart({ moduleId }) {
    this.#running.add(moduleId)
    this.#restart()
  }

  /** @param {{ readonly moduleId: string }} module */
  onTestModuleEnd({ moduleId }) {
    this.#running.delete(moduleId)
    this.#restart()
  }

  onTestCaseResult() {
    this.#restart()
  }

  onTestRunEnd() {
    clearTimeout(this.#timer)
  }

  #restart() {
    clearTimeout(this.#timer)
    // Whoever asks for more inputs has patience.
    if (process.env['FUZZ_RUNS'] !== undefined) return
    this.#timer = setTimeout(() => {
      const minutes = String(SILENCE_LIMIT_MS / 60_000)
      console.error(`No test has ended for ${minutes} minutes. Running:`)
      for (const file of this.#running) console.error(`  ${file}`)
      killChildren()
      process.exit(1)
    }, SILENCE_LIMIT_MS)
    this.#timer.unref()
  }
}

/** The processes that run tests would loop on for ever: Vitest asks them to end, and they do not hear. */
function killChildren() {
  try {
    const children = readFileSync(`/proc/self/task/${String(process.pid)}/children`, 'utf8')
    for (const pid of children.trim().split(' ')) process.kill(Number(pid), 'SIGKILL')
  } catch {
    // Not Linux, or none left.
  }
}
