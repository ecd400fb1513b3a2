import type { PolicyOptionsRead } from '../contract/reader'
import type { AutomationResult } from '../core/automation'
import { displayText } from '../core/display-text'
import { failed, success, type Outcome } from '../core/failure'
import { formatList } from '../core/format'
import { createReaderClient } from '../engine/create-reader-client'
import { detectMachine } from '../engine/detect-machine'
import { GpuHealth } from '../engine/gpu-health'
import type { JournalSession } from '../engine/journal-database'
import type { RunRequest } from '../engine/run-request'
import { fetchDemo, type Demo } from './demo'
import { FileShelf } from './file-shelf.svelte'
import { coloursByName, droppedFiles, filesById } from './model-entry'
import { readKeptSetup } from './kept-setup'
import { KeptState, type KeptSession } from './kept-state.svelte'
import { makeResult, type Result, type RunContext } from './result'
import { RunState } from './run-state.svelte'
import { SetupState } from './setup-state.svelte'
import { Theme } from './theme.svelte'

export type Screen = 'empty' | 'setup' | 'running' | 'verdict'

/** The page: files, setup, run and result, and which of them is on screen. */
export class AppState {
  readonly theme = new Theme()
  readonly run = new RunState()
  readonly kept = new KeptState()
  readonly shelf: FileShelf
  readonly setup: SetupState
  result = $state.raw<Result | null>(null)
  isResultShown = $state(false)
  isFetchingDemo = $state(false)
  readonly version: string

  readonly #reader = createReaderClient()
  readonly #gpu = new GpuHealth()
  readonly #started: Promise<unknown>
  /** Files that came while a run was going on. */
  #waiting: readonly File[] = []

  constructor(version: string) {
    this.version = version
    this.shelf = new FileShelf(this.#reader, () => {
      this.setup.refresh()
    })
    this.setup = new SetupState(this.shelf, this.#reader)
    this.#started = Promise.all([this.#readTasks(), this.#detectMachine()])
    void this.kept.refresh()
  }

  get screen(): Screen {
    if (this.run.isRunning) return 'running'
    if (this.isResultShown && this.result !== null) return 'verdict'
    return this.shelf.isEmpty ? 'empty' : 'setup'
  }

  async addFiles(files: Iterable<File>): Promise<void> {
    if (this.run.isRunning) {
      this.#waiting = [...this.#waiting, ...files]
      const text = 'New files wait until this run has ended.'
      this.shelf.notice = { text, undo: () => this.#dropWaiting() }
      return
    }
    this.isResultShown = false
    await this.shelf.add(files)
  }

  async addDemo(demo: Demo): Promise<void> {
    if (this.isFetchingDemo) return
    this.isFetchingDemo = true
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
    await this.#started
    await this.shelf.settled()
    await this.setup.settled()
  }

  /** Runs what is set up. Fails only where there is no report at all. */
  async start(): Promise<Outcome<AutomationResult>> {
    if (this.run.isRunning) {
      return failed('setting-invalid', 'A comparison is running.', 'Wait for it, or stop it first.')
    }
    const request = this.#request()
    if (!request.ok) return request
    this.shelf.dismissNotice()
    const context = this.#context(request.value)
    this.setup.hold()
    const session = this.#keep(request.value)
    try {
      const ended = await this.run.start(request.value, (rowsDone) => session?.note(rowsDone))
      this.result = makeResult(context, ended)
      this.isResultShown = true
      this.run.announcement = this.result.verdict
      const { report, task } = this.result
      return success({ report, task, verdict: this.result.verdict })
    } finally {
      await session?.end()
      void this.kept.refresh()
      this.setup.release()
      this.#addWaiting()
    }
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

  cancel(): void {
    this.run.cancel()
  }

  /** Goes on with a comparison that a crashed or closed page has left unfinished. */
  async resume(session: JournalSession): Promise<void> {
    const files = await this.kept.journal.files(session.id)
    const setup = readKeptSetup(session.setup)
    if (files === null || setup === null) {
      const names = formatList(session.fileNames.map(displayText))
      this.shelf.notice = {
        text: `Drop ${names} again and compare: the rows that were finished are kept.`,
        undo: null,
      }
      return
    }
    await this.shelf.add(files)
    await this.settled()
    this.setup.setSettings(setup.settings)
    this.setup.choose(setup.choices)
    this.setup.baselineId =
      this.shelf.readyModels.find((model) => model.name === setup.baseline)?.id ?? null
    await this.settled()
    await this.kept.forget(session)
    await this.start()
  }

  /** From here on, a page that dies is offered to be resumed. */
  #keep(request: RunRequest): KeptSession | null {
    const file = this.shelf.dataset?.file
    if (file === undefined) return null
    const { choices, settings, baseline } = this.setup
    const files = [...droppedFiles(this.shelf.models), file]
    return this.kept.begin(request, { choices, settings, baseline: baseline?.name ?? null }, files)
  }

  backToSetup(): void {
    this.isResultShown = false
  }

  showResult(): void {
    if (this.result !== null) this.isResultShown = true
  }

  startOver(): void {
    this.isResultShown = false
    this.result = null
    this.setup.baselineId = null
    this.setup.resetChoices()
    this.shelf.clear()
  }

  /** The verdict stays on screen: nobody asked to leave it. */
  #addWaiting(): void {
    const waiting = this.#waiting
    this.#waiting = []
    if (waiting.length === 0) return
    this.shelf.notice = { text: 'The files that waited are now in the setup.', undo: null }
    void this.shelf.add(waiting)
  }

  #dropWaiting(): void {
    this.#waiting = []
    this.shelf.notice = null
  }

  async #readTasks(): Promise<void> {
    const tasks = await this.#reader.tasks()
    if (tasks.ok) this.setup.tasks = tasks.value
    else this.shelf.addFailure('Bakeoff', tasks.failure)
  }

  async #detectMachine(): Promise<void> {
    this.setup.machine = await detectMachine()
  }

  #request(): Outcome<RunRequest> {
    const { setup, shelf } = this
    const { blocker, kind, metric, dataset, prepared, plan } = setup
    if (blocker !== null) return { ok: false, failure: blocker }
    if (
      kind === null ||
      metric === null ||
      dataset === null ||
      prepared === null ||
      plan === null
    ) {
      return failed('internal', 'The setup is incomplete.', 'Load the page again.')
    }
    return success({
      kind,
      metric,
      dataset,
      models: shelf.readyModels,
      files: filesById(shelf.models),
      preparation: prepared,
      plan,
      roles: setup.roles,
      reader: this.#reader,
      gpu: this.#gpu,
      journal: this.kept.journal,
      useKept: setup.settings.useKept,
    })
  }

  #context(request: RunRequest): RunContext {
    const { setup, shelf, version } = this
    const { machine, roles, settings, metrics } = setup
    if (setup.task === null || machine === null) {
      throw new Error('a request without task or machine')
    }
    const task = { ...setup.task, metrics }
    const baseline = setup.baseline?.name ?? null
    const colours = coloursByName(shelf.models)
    return { request, task, machine, roles, settings, baseline, colours, version }
  }
}
