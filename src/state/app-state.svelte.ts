import type { PolicyOptionsRead } from '../contract/reader'
import type { AutomationResult } from '../core/automation'
import { displayText } from '../core/display-text'
import { success, type Outcome } from '../core/failure'
import { formatList } from '../core/format'
import { createReaderClient } from '../engine/create-reader-client'
import { detectMachine } from '../engine/detect-machine'
import { GpuHealth } from '../engine/gpu-health'
import type { JournalSession } from '../engine/journal-database'
import type { RunRequest } from '../engine/run-request'
import type { DroppedFile } from './bundle-folders'
import type { LinkedFile } from './comparison-link'
import { fetchDemo, type Demo } from './demo'
import { FileShelf } from './file-shelf.svelte'
import { FileIntake } from './file-intake.svelte'
import { coloursByName, droppedFiles } from './model-entry'
import { readKeptSetup, type KeptSetup } from './kept-setup'
import { linkOfSetup } from './link-of-setup'
import { KeptState, type KeptSession } from './kept-state.svelte'
import { PageUpdate } from './page-update.svelte'
import { makeResult, type Result, type RunContext } from './result'
import { RunQueue } from './run-queue.svelte'
import type { RunOptions } from './run-options'
import { RecipesState } from './recipes-state.svelte'
import { requestOfSetup } from './request-of-setup'
import { RunState } from './run-state.svelte'
import { Sharing } from './sharing.svelte'
import { SetupState } from './setup-state.svelte'
import { SpeedTestState } from './speed-test-state.svelte'
import { Theme } from './theme.svelte'

export type Screen = 'empty' | 'link' | 'setup' | 'running' | 'verdict'

/** The page: files, setup, run and result, and which of them is on screen. */
export class AppState {
  readonly theme = new Theme()
  readonly run = new RunState()
  readonly queue = new RunQueue()
  readonly speed = new SpeedTestState()
  readonly update = new PageUpdate(() => this.isUntouched)
  readonly kept = new KeptState((problem) => {
    this.run.note('warning', problem)
  })
  readonly shelf: FileShelf
  readonly setup: SetupState
  readonly sharing: Sharing
  readonly recipes: RecipesState
  result = $state.raw<Result | null>(null)
  isResultShown = $state(false)
  isFetchingDemo = $state(false)
  isResuming = $state(false)
  readonly version: string

  readonly #reader = createReaderClient()
  readonly #gpu = new GpuHealth()
  readonly #machine: Promise<void>
  #tasks: Promise<void> | null = null
  readonly #intake: FileIntake

  constructor(version: string) {
    this.version = version
    this.shelf = new FileShelf(this.#reader, () => {
      this.setup.refresh()
    })
    this.setup = new SetupState(this.shelf, this.#reader)
    this.sharing = new Sharing(this.#reader)
    this.recipes = new RecipesState(this.setup)
    this.#intake = new FileIntake({
      ...{ run: this.run, shelf: this.shelf, sharing: this.sharing, recipes: this.recipes },
      onFiles: () => {
        this.isResultShown = false
      },
    })
    this.#machine = this.#detectMachine()
    void this.kept.refresh()
  }

  get screen(): Screen {
    if (this.run.isRunning) return 'running'
    if (this.sharing.link.isShown) return 'link'
    if (this.sharing.opened.result !== null) return 'verdict'
    if (this.isResultShown && this.result !== null) return 'verdict'
    return this.shelf.isEmpty ? 'empty' : 'setup'
  }

  /** Nobody has clicked, typed or dropped anything yet. */
  get isUntouched(): boolean {
    return ['empty', 'link'].includes(this.screen) && !navigator.userActivation.hasBeenActive
  }

  /** What stands on the verdict screen. */
  get shown(): Result | null {
    return this.sharing.opened.result ?? this.result
  }

  /** Starts the reader at the first sign that files will come; an idle page does without. */
  expectFiles(): Promise<void> {
    this.#tasks ??= this.#readTasks()
    return this.#tasks
  }

  /** Reports are opened; everything else is for the next comparison. */
  async addFiles(files: Iterable<File>): Promise<void> {
    void this.expectFiles()
    await this.#intake.add(files)
  }

  addDropped(dropped: Promise<readonly DroppedFile[]>): Promise<void> {
    void this.expectFiles()
    return this.#intake.addDropped(dropped)
  }

  async openLink(fragment: string): Promise<void> {
    if (!this.run.isRunning) return this.sharing.openLink(fragment)
    const text = 'A link was opened during a run. Open it again when the run has ended.'
    this.shelf.notice = { text, undo: null }
  }

  /** Fetches the files of a link and sets its comparison up, in place of what is set up here. */
  async fetchLink(): Promise<void> {
    const fetched = await this.sharing.fetchLink()
    if (fetched !== null) await this.#setUp(fetched.files, fetched.setup)
  }

  /** Fetches what was asked for by address and adds it. */
  async fetchAddresses(): Promise<void> {
    const files = await this.sharing.fetchAddresses()
    if (files !== null) await this.addFiles(files)
  }

  /** Where the files came from; null unless all of them, data included, came from addresses. */
  get linkedFiles(): readonly LinkedFile[] | null {
    const data = this.shelf.dataset?.files
    if (data === undefined || this.shelf.models.length === 0) return null
    return this.sharing.origins.of([...droppedFiles(this.shelf.models), ...data])
  }

  comparisonLink(): Promise<Outcome<string>> {
    return linkOfSetup(this.setup, this.linkedFiles)
  }

  async addDemo(demo: Demo): Promise<void> {
    if (this.isFetchingDemo) return
    this.isFetchingDemo = true
    void this.expectFiles()
    const files = await fetchDemo(demo)
    this.isFetchingDemo = false
    if (files.ok) {
      this.setup.choices = demo.choices
      await this.addFiles(files.value)
    } else {
      this.shelf.addFailure('Demo', files.failure)
    }
  }

  /** Until every file is read, the machine is known and the setup stands. */
  async settled(): Promise<void> {
    await Promise.all([this.#machine, this.expectFiles(), this.#intake.settled()])
    await this.shelf.settled()
    await this.setup.settled()
  }

  /**
   * Runs what is set up; while a comparison is running, after it. Fails only where there is no
   * report at all.
   */
  start(options: RunOptions = {}): Promise<Outcome<AutomationResult>> {
    if (this.run.isRunning) {
      this.run.note('info', 'Another comparison was asked for: it starts when this one has ended.')
      this.run.announcement = 'Another comparison waits for its turn.'
    }
    this.speed.cancel()
    return this.queue.add(async () => {
      if (this.setup.isSettling) await this.settled()
      return this.#start(options)
    })
  }

  async #start(options: RunOptions): Promise<Outcome<AutomationResult>> {
    this.kept.renew()
    const useKept = options.useKept ?? this.setup.settings.useKept
    const request = this.#request(useKept)
    if (!request.ok) return request
    this.shelf.dismissNotice()
    const context = this.#context(request.value)
    this.setup.hold()
    const session = this.#keep(request.value, options.resumed ?? null)
    if (options.keepsRecipe !== false) void this.recipes.keep(request.value.dataset)
    try {
      const ending = this.run.start(request.value, (rowsDone) => session?.note(rowsDone))
      if (this.kept.problem !== null) this.run.note('warning', this.kept.problem)
      const result = makeResult(context, await ending)
      this.speed.offer(context)
      void this.sharing.history.add(result.report)
      return this.show(result)
    } finally {
      await session?.end()
      void this.kept.refresh()
      this.setup.release()
      this.#intake.addWaiting()
    }
  }

  /** What is set up, for one share of it. */
  contextNow(): Outcome<RunContext> {
    const request = this.#request(this.setup.settings.useKept)
    return request.ok ? success(this.#context(request.value)) : request
  }

  show(result: Result): Outcome<AutomationResult> {
    const { report, task, verdict } = result
    this.result = result
    this.isResultShown = true
    this.run.announcement = verdict
    return success({ report, task, verdict })
  }

  /** Times the models of the last comparison in turn; its report then holds the result. */
  testSpeed(): Promise<Outcome<AutomationResult>> {
    return this.queue.add(() => this.speed.test(this))
  }

  /** For models whose answers from the GPU cannot be trusted. */
  async startOnWasm(): Promise<void> {
    this.setup.setSettings({ backend: 'wasm' })
    await this.start()
  }

  /** Reads the options of a backtest as the command passes them on. */
  readPolicyOptions(
    policy: string | null,
    windows: string | null,
  ): Promise<Outcome<PolicyOptionsRead>> {
    if (policy === null && windows === null) {
      return Promise.resolve(success({ settings: {}, columns: {} }))
    }
    return this.#reader.policyOptions(policy, windows)
  }

  /** What waits for its turn does not begin either. */
  cancel(): void {
    this.queue.drop()
    this.run.cancel()
    this.speed.cancel()
  }

  /**
   * Goes on with a comparison that a crashed or closed page has left unfinished, in place of what is
   * set up now.
   */
  async resume(session: JournalSession): Promise<void> {
    if (this.isResuming || this.run.isRunning) return
    this.isResuming = true
    const taken = await this.kept.take(session)
    try {
      if (taken === null) {
        const text = `${displayText(session.title)} is gone: another tab has resumed or deleted it.`
        this.shelf.notice = { text, undo: null }
      } else if (taken.files === null) {
        const names = formatList(session.fileNames.map((name) => displayText(name)))
        const text = `The files of this comparison are not kept. Drop ${names} again and compare.`
        this.shelf.notice = { text, undo: null }
      } else {
        await this.#setUp(taken.files, readKeptSetup(session.setup))
        // Kept answers are what resuming is for, also where the run had been asked to do without.
        await this.start({ useKept: true, resumed: session })
      }
    } finally {
      taken?.release()
      this.isResuming = false
    }
  }

  async #setUp(files: readonly File[], setup: KeptSetup | null): Promise<void> {
    this.startOver()
    await this.shelf.add(files)
    await this.settled()
    if (setup === null) return
    this.setup.setSettings(setup.settings)
    this.setup.choose(setup.choices)
    const baseline = this.setup.models.find((model) => model.name === setup.baseline)
    this.setup.chooseBaseline(baseline?.id ?? null)
    await this.settled()
  }

  /** From here on, a page that dies is offered to be resumed. */
  #keep(request: RunRequest, resumed: JournalSession | null): KeptSession | null {
    const data = this.shelf.dataset?.files
    if (data === undefined) return null
    const { choices, settings, baseline } = this.setup
    const setup = { choices, settings, baseline: baseline?.name ?? null }
    const files = [...droppedFiles(this.shelf.models), ...data]
    return this.kept.begin(request, setup, files, resumed)
  }

  /** Closes a report first, and is then where it was opened. */
  backToSetup(): void {
    this.speed.cancel()
    if (this.sharing.opened.result === null) this.isResultShown = false
    this.sharing.close()
  }

  showResult(): void {
    if (this.result !== null) this.isResultShown = true
  }

  startOver(): void {
    this.backToSetup()
    this.isResultShown = false
    this.result = null
    this.recipes.reset()
    this.shelf.clear()
  }

  async #readTasks(): Promise<void> {
    const tasks = await this.#reader.tasks()
    if (tasks.ok) this.setup.tasks = tasks.value
    else this.shelf.addFailure('Bakeoff', tasks.failure)
  }

  async #detectMachine(): Promise<void> {
    this.setup.machine = await detectMachine()
  }

  #request(useKept: boolean): Outcome<RunRequest> {
    const machinery = { reader: this.#reader, gpu: this.#gpu, journal: this.kept.journal, useKept }
    return requestOfSetup(this.setup, this.shelf, machinery)
  }

  #context(request: RunRequest): RunContext {
    const { setup, shelf, version } = this
    const { machine, roles, metrics } = setup
    const settings = { ...setup.settings, useKept: request.useKept }
    if (setup.task === null || machine === null) throw new Error('a request without its task')
    const task = { ...setup.task, metrics }
    const colours = coloursByName(shelf.models, setup.models)
    const given = { baseline: setup.baseline?.name ?? null, colours, version }
    return { request, task, machine, roles, settings, ...given }
  }
}
