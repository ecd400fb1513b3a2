import { setTimeout as sleep } from 'node:timers/promises'
import type { JSHandle, Page } from 'playwright-core'
import type {
  Automation,
  AutomationFiles,
  AutomationResult,
  AutomationSettings,
  AutomationSetup,
  ShareResult,
} from '../core/automation'
import type { BackendChoice, LogEntry, RunEvent } from '../core/evaluation'
import { success, type Outcome } from '../core/failure'
import type { Part, Share } from '../core/part'
import type { NamedPart } from '../report/check-parts'
import { withDeadline } from './deadline'
import { findWeights } from './find-weights'
import { openPage, type Keeping, type OpenedPage } from './open-page'

const FILES_INPUT = 'input[type=file][data-automation="files"]'
const FOLDER_INPUT = 'input[type=file][data-automation="folder"]'
/** Name of the page's global function that brings events here. */
const EVENT_BINDING = '__bakeoffEvent'

const START_LIMIT_MS = 60_000
/** Reading and hashing takes this long at most, and then this much per byte: 1 MB/s. */
const READ_LIMIT_MS = 120_000
const READ_MS_PER_BYTE = 1 / 1000
const CANCEL_LIMIT_MS = 3_000
/** A page that does not answer within this time is gone. */
const PING_LIMIT_MS = 60_000
const PING_EVERY_MS = 2_000
/** The engine's own deadlines are all shorter: a run without any event for so long is lost. */
const SILENCE_LIMIT_MS = 15 * 60_000

/** The page or its browser went away while it was needed. */
export class PageLost extends Error {
  override readonly name = 'PageLost'
}

/**
 * One comparison in the built page: served on a free port, opened in a browser without a window,
 * and driven through `window.bakeoff`. Methods reject with `PageLost` or `DeadlineMissed` where the
 * page does not answer; nothing waits for ever.
 */
export class PageSession {
  readonly #opened: OpenedPage
  readonly #page: Page
  #automation: JSHandle<Automation>
  readonly #lost: Promise<never>
  #fileBytes = 0
  #lastEventAt = 0
  #onEvent: (event: RunEvent) => void = () => undefined

  private constructor(opened: OpenedPage, automation: JSHandle<Automation>) {
    this.#opened = opened
    this.#page = opened.page
    this.#automation = automation
    this.#lost = new Promise((_, reject) => {
      opened.page.once('crash', () => {
        reject(new PageLost('The page crashed'))
      })
      opened.context.once('close', () => {
        reject(new PageLost('The browser ended'))
      })
    })
    // Closing at the end is no loss; whoever waits meanwhile sees the rejection through a race.
    this.#lost.catch(() => undefined)
  }

  /** Opens the page; `webgpu` takes the software adapter for want of a real one, and says so. */
  static async open(
    backend: BackendChoice,
    keeping: Keeping | null,
    remark: (text: string) => void,
  ): Promise<Outcome<PageSession>> {
    const openWith = async (graphics: 'none' | 'gpu' | 'software') => {
      const opened = await openPage(graphics, keeping, remark)
      return opened.ok ? success(await PageSession.#start(opened.value)) : opened
    }
    const opened = await openWith(backend === 'wasm' ? 'none' : 'gpu')
    if (!opened.ok || backend !== 'webgpu') return opened
    const adapter = await opened.value.#adapter()
    if (adapter === 'real') return opened
    remark('No WebGPU adapter but a software one was found: the run will be slow.')
    if (adapter === 'software') return opened
    await opened.value.close()
    return openWith('software')
  }

  static async #start(opened: OpenedPage): Promise<PageSession> {
    try {
      const session = new PageSession(opened, await findAutomation(opened.page))
      await session.#listen()
      return session
    } catch (error) {
      await opened.close()
      throw error
    }
  }

  /** Whether the rows that a run finishes outlive this browser. */
  get isKept(): boolean {
    return this.#opened.isKept
  }

  async #listen(): Promise<void> {
    await this.#page.exposeFunction(EVENT_BINDING, (event: RunEvent) => {
      this.#lastEventAt = Date.now()
      this.#onEvent(event)
    })
    await this.#subscribe()
  }

  async #subscribe(): Promise<void> {
    await this.#automation.evaluate((bakeoff, name) => {
      bakeoff.subscribe((event) => {
        ;(Reflect.get(window, name) as (event: unknown) => void)(event)
      })
    }, EVENT_BINDING)
  }

  /** An empty page again. */
  async reload(): Promise<void> {
    await this.#page.reload({ timeout: START_LIMIT_MS })
    this.#automation = await findAutomation(this.#page)
    await this.#subscribe()
  }

  #adapter(): Promise<'real' | 'software' | 'none'> {
    const asked = this.#page.evaluate(async () => {
      const gpu = (navigator as Partial<Navigator>).gpu
      const adapter = await gpu?.requestAdapter()
      if (!adapter) return 'none'
      return adapter.info.isFallbackAdapter ? 'software' : 'real'
    })
    return this.#answer(asked, START_LIMIT_MS, 'Asking for a WebGPU adapter')
  }

  /** Hands files to the page, and the weights that models keep beside themselves. */
  async addFiles(paths: readonly string[], bytes: number): Promise<AutomationFiles> {
    const files = await this.#addFiles(paths, bytes)
    const weights = findWeights(files, paths)
    return weights.paths.length === 0 ? files : this.#addFiles(weights.paths, weights.bytes)
  }

  /** Hands a folder of images or test data to the page; its bytes were counted with the files. */
  addFolder(path: string): Promise<AutomationFiles> {
    return this.#setFiles(FOLDER_INPUT, path)
  }

  #addFiles(paths: readonly string[], bytes: number): Promise<AutomationFiles> {
    this.#fileBytes += bytes
    return this.#setFiles(FILES_INPUT, paths)
  }

  /** As a user would, and waits until they are read. */
  async #setFiles(input: string, paths: string | readonly string[]): Promise<AutomationFiles> {
    const limit = this.#readLimit()
    const what = 'Reading the files'
    const files = typeof paths === 'string' ? paths : [...paths]
    const added = this.#page.setInputFiles(input, files, { timeout: limit })
    await this.#answer(added, limit, what)
    return this.#answer(
      this.#automation.evaluate((bakeoff) => bakeoff.settled()),
      limit,
      what,
    )
  }

  configure(settings: AutomationSettings): Promise<Outcome<AutomationSetup>> {
    return this.#answer(
      this.#automation.evaluate((bakeoff, given) => bakeoff.configure(given), settings),
      this.#readLimit(),
      'Setting up the comparison',
    )
  }

  /** Runs what is set up; `onLog` gets every line of the run log, in order. */
  run(onLog: (entry: LogEntry) => void): Promise<Outcome<AutomationResult>> {
    // As text: the browser protocol's own encoding loses a key such as `__proto__`.
    const running = this.#automation.evaluate(async (bakeoff) =>
      JSON.stringify(await bakeoff.run()),
    )
    return this.#follow<AutomationResult>(running, onLog, ({ report }) => report.events)
  }

  /** Times the models of the run before; the events of the report are not told again. */
  testSpeed(onLog: (entry: LogEntry) => void): Promise<Outcome<AutomationResult>> {
    const running = this.#automation.evaluate(async (bakeoff) =>
      JSON.stringify(await bakeoff.testSpeed()),
    )
    return this.#follow(running, onLog, () => [])
  }

  /** Runs one share of what is set up. */
  runShare(share: Share, onLog: (entry: LogEntry) => void): Promise<Outcome<ShareResult>> {
    const running = this.#automation.evaluate(
      async (bakeoff, given) => JSON.stringify(await bakeoff.runShare(given)),
      share,
    )
    return this.#follow<ShareResult>(running, onLog, ({ events }) => events)
  }

  /** Makes one report of parts. */
  async merge(
    parts: readonly NamedPart[],
    onLog: (entry: LogEntry) => void,
  ): Promise<Outcome<AutomationResult>> {
    for (const { fileName, part } of parts) {
      const added = this.#automation.evaluate(
        (bakeoff, [name, text]) => {
          bakeoff.addPart(name, JSON.parse(text) as Part)
        },
        [fileName, JSON.stringify(part)] as const,
      )
      await this.#answer(added, this.#readLimit(), 'Reading the parts')
    }
    const running = this.#automation.evaluate(async (bakeoff) =>
      JSON.stringify(await bakeoff.merge()),
    )
    return this.#follow(running, onLog, () => [])
  }

  /** Brings a run's log here while it goes on, and its outcome in the end. `eventsOf` has every line. */
  async #follow<T>(
    running: Promise<string>,
    onLog: (entry: LogEntry) => void,
    eventsOf: (value: T) => readonly LogEntry[],
  ): Promise<Outcome<T>> {
    let printed = 0
    this.#lastEventAt = Date.now()
    this.#onEvent = (event) => {
      if (event.type !== 'log') return
      printed += 1
      onLog(event.entry)
    }
    const watch = new AbortController()
    try {
      const text = await Promise.race([running, this.#lost, this.#watch(watch.signal)])
      const outcome = JSON.parse(text) as Outcome<T>
      // The last events may still be on their way.
      if (outcome.ok) eventsOf(outcome.value).slice(printed).forEach(onLog)
      return outcome
    } finally {
      watch.abort()
      this.#onEvent = () => undefined
    }
  }

  /** Ends a run; a page that is gone has nothing to cancel. */
  async cancel(): Promise<void> {
    const asked = this.#automation.evaluate((bakeoff) => {
      bakeoff.cancel()
    })
    await this.#answer(asked, CANCEL_LIMIT_MS, 'Cancelling').catch(() => undefined)
  }

  async close(): Promise<void> {
    await this.#opened.close()
  }

  /** Rejects once the page has stopped to answer, or a run to say anything. */
  async #watch(signal: AbortSignal): Promise<never> {
    for (;;) {
      await sleep(PING_EVERY_MS, undefined, { signal })
      const ping = this.#page.evaluate(() => true)
      await withDeadline(ping, PING_LIMIT_MS, 'An answer of the page')
      if (Date.now() - this.#lastEventAt > SILENCE_LIMIT_MS) {
        const minutes = String(SILENCE_LIMIT_MS / 60_000)
        throw new PageLost(`The run gave no sign of life for ${minutes} minutes`)
      }
    }
  }

  #readLimit(): number {
    return READ_LIMIT_MS + this.#fileBytes * READ_MS_PER_BYTE
  }

  #answer<T>(promise: Promise<T>, limitMs: number, what: string): Promise<T> {
    return withDeadline(Promise.race([promise, this.#lost]), limitMs, what)
  }
}

async function findAutomation(page: Page): Promise<JSHandle<Automation>> {
  const found = await page.waitForFunction(() => window.bakeoff, null, { timeout: START_LIMIT_MS })
  // The wait ends only on something that is there.
  return found as JSHandle<Automation>
}
