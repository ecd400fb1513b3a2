import type { RunEvent } from '../core/evaluation'
import { failed, success, type Failure, type Outcome } from '../core/failure'
import type { SpeedTest } from '../core/speed'
import { planSpeedTest, type SpeedPlan } from '../engine/plan-speed-test'
import type * as Engine from '../engine/run-speed-test'
import type { SpeedProgress, SpeedRun } from '../engine/run-speed-test'
import { baselineOf } from '../report/baseline-of'
import { describeSpeedConditions, describeSpeedTest } from '../report/describe-speed-test'
import type { Preparation } from '../contract/reader'
import type { Result, RunContext } from './result'

interface TestedPage {
  result: Result | null
  readonly setup: { readonly prepared: Preparation | null }
}

/** The speed test of the comparison that ended last, as the page shows it. */
export class SpeedTestState {
  isRunning = $state(false)
  progress = $state.raw<SpeedProgress>({ share: 0, text: '' })
  /** Why the last one gave nothing; null where it did. */
  failure = $state.raw<Failure | null>(null)
  /** Null: each model with the batch size it was compared with. */
  commonBatchSize = $state<number | null>(null)

  /** What the last result was asked with. */
  #context: RunContext | null = null
  #run: SpeedRun | null = null
  /** Also before the code of the test has come. */
  #isStopped = false
  #listeners: readonly ((event: RunEvent) => void)[] = []

  subscribe(listener: (event: RunEvent) => void): void {
    this.#listeners = [...this.#listeners, listener]
  }

  /** Of a comparison that has just ended: its models can be timed now. */
  offer(context: RunContext): void {
    this.#context = context
    this.failure = null
  }

  describe(test: SpeedTest): {
    readonly sentences: readonly string[]
    readonly conditions: readonly string[]
  } {
    return { sentences: describeSpeedTest(test), conditions: describeSpeedConditions(test) }
  }

  /** The page's result with `speed` in its report, which it then shows. */
  async test(page: TestedPage): Promise<Outcome<Result>> {
    const context = this.#context
    const { result, setup } = page
    // The reader holds the rows of the setup: others cannot be timed.
    const isCurrent = context?.request.preparation === setup.prepared
    if (context === null || result === null || !isCurrent) return this.#fail(OUTDATED)
    const speed = await this.#start(context, result)
    if (!speed.ok) return speed
    page.result = { ...result, report: { ...result.report, speed: speed.value } }
    return success(page.result)
  }

  async #start(context: RunContext, result: Result): Promise<Outcome<SpeedTest>> {
    this.failure = null
    const plan = this.#plan(context, result)
    if (plan === null) return this.#fail(NOTHING)
    this.progress = { share: 0, text: plan.reason }
    this.isRunning = true
    this.#isStopped = false
    try {
      const { request, settings } = context
      const wanted = { plan, run: request, page: document, seed: settings.seed }
      const engine = await loadEngine()
      if (engine === null) return this.#fail(MISSING)
      this.#run = engine.runSpeedTest(wanted, (progress) => {
        if (progress.text !== this.progress.text) this.#tell(progress.text)
        this.progress = progress
      })
      if (this.#isStopped) this.#run.cancel()
      const outcome = await this.#run.done
      return outcome.ok ? success(outcome.value) : this.#fail(outcome.failure)
    } finally {
      this.#run = null
      this.isRunning = false
    }
  }

  /** Within 100 ms. */
  cancel(): void {
    this.#isStopped = true
    this.#run?.cancel()
  }

  /** By what the models really ran on. */
  #plan({ request, machine }: RunContext, { report }: Result): SpeedPlan | null {
    const { preparation, models } = request
    const baseline = models.find(({ name }) => name === baselineOf(report))
    const ran = models.flatMap((model) => {
      const reported = report.models.find(({ name }) => name === model.name)
      const binding = preparation.bindings[model.id]
      if (reported?.status !== 'ok' || reported.backend === null || !binding?.ok) return []
      const { backend, batchSize } = reported
      const { fixedBatch, rowBytes, rollout } = binding.value
      const facts = { backend, batchSize, fixedBatch, rowBytes }
      return [{ ...model, ...facts, isPolicy: rollout !== undefined }]
    })
    const { commonBatchSize } = this
    const wishes = { baselineId: baseline?.id ?? '', commonBatchSize }
    return planSpeedTest(ran, preparation.rows, machine, wishes)
  }

  #fail(failure: Failure): Outcome<never> {
    this.failure = failure
    return { ok: false, failure }
  }

  #tell(text: string): void {
    const entry = { at: 0, level: 'info' as const, text: `Speed test: ${text}` }
    for (const listener of this.#listeners) listener({ type: 'log', entry })
  }
}

/** Few comparisons are followed by a speed test, so the page starts without its code. */
async function loadEngine(): Promise<typeof Engine | null> {
  try {
    return await import('../engine/run-speed-test')
  } catch {
    return null
  }
}

const MISSING = failed(
  'runtime-unavailable',
  'The code of the speed test could not be loaded.',
  'Check the connection and load the page again; there may be a newer version of it.',
).failure

const OUTDATED = failed(
  'setting-invalid',
  'The setup has changed since this comparison, so its models cannot be timed.',
  'Compare again, then test speed.',
).failure

const NOTHING = failed(
  'setting-invalid',
  'There are no two models to time: a baseline and a candidate that were compared and are no policies.',
  'Compare two models that answer row by row, then test speed.',
).failure
