import type { SpeedSide } from '../contract/evaluator'
import { errorText, failed, success, type Failure, type Outcome } from '../core/failure'
import type { SpeedSamples, SpeedTest } from '../core/speed'
import { acquireDevice } from './acquire-device'
import { AnalysisClient } from './analysis-client'
import { DisturbanceWatch, type SeenPage } from './disturbance-watch'
import type { SpeedPlan } from './plan-speed-test'
import type { RunRequest } from './run-request'
import { SpeedLane } from './speed-lane'
import { measurePair } from './speed-pair'
import { SpeedSideTimes } from './speed-side'
import { timerStep } from './timer-step'

export interface SpeedRequest {
  readonly plan: SpeedPlan
  /** The comparison whose models are timed. */
  readonly run: Pick<
    RunRequest,
    'models' | 'files' | 'external' | 'preparation' | 'reader' | 'gpu' | 'dataset'
  >
  readonly page: SeenPage
  readonly seed: number
}

export interface SpeedProgress {
  /** From 0 to 1. */
  readonly share: number
  /** What is being done, in one sentence. */
  readonly text: string
}

export interface SpeedRun {
  /** Always settles, never rejects. */
  readonly done: Promise<Outcome<SpeedTest>>
  /** Answers within 100 ms; nothing is kept. */
  cancel(): void
}

/** Carries the plan of a speed test out. */
export function runSpeedTest(
  request: SpeedRequest,
  onProgress: (progress: SpeedProgress) => void,
): SpeedRun {
  const tester = new Tester(request, onProgress)
  return {
    done: tester.run(),
    cancel: () => {
      tester.cancel()
    },
  }
}

const STOPPED = failed(
  'cancelled',
  'The speed test was stopped.',
  'Test speed again when you are ready.',
)

class Tester {
  readonly #analysis = new AnalysisClient()
  readonly #watch: DisturbanceWatch
  readonly #times: ReadonlyMap<string, SpeedSideTimes>
  readonly #stop = new AbortController()
  #lane: SpeedLane | null = null
  #isBaselineLoaded = false
  #releaseDevice: (() => void) | null = null
  #pairsDone = 0

  constructor(
    private readonly request: SpeedRequest,
    private readonly onProgress: (progress: SpeedProgress) => void,
  ) {
    const { plan, run, page } = request
    this.#watch = new DisturbanceWatch(page)
    this.#times = new Map(
      plan.models.map((model) => {
        const name = run.models.find(({ id }) => id === model.modelId)?.name ?? model.modelId
        return [model.modelId, new SpeedSideTimes(name, model)]
      }),
    )
  }

  async run(): Promise<Outcome<SpeedTest>> {
    const { signal } = this.#stop
    const stopped = new Promise<Outcome<never>>((resolve) => {
      signal.addEventListener('abort', () => {
        resolve(STOPPED)
      })
    })
    const ended = this.#carryOut().catch((error: unknown) =>
      failed(
        'internal',
        'The speed test ended in a way that it should not.',
        'Please report this.',
        errorText(error),
      ),
    )
    const outcome = await Promise.race([stopped, ended])
    this.#close()
    return signal.aborted ? STOPPED : outcome
  }

  cancel(): void {
    this.#close()
    this.#stop.abort()
  }

  #close(): void {
    this.#lane?.close()
    this.#analysis.close()
    this.#watch.end()
    this.#releaseDevice?.()
    this.#releaseDevice = null
  }

  async #carryOut(): Promise<Outcome<SpeedTest>> {
    const { plan, seed } = this.request
    const claimed = await this.#claimGpu()
    if (claimed !== null) return { ok: false, failure: claimed }
    const timerStepMs = timerStep()
    const control = await this.#pair(plan.baselineId, timerStepMs)
    if (!control.ok) return control
    const pairs: SpeedSamples[] = []
    for (const candidateId of plan.candidateIds) {
      const pair = await this.#pair(candidateId, timerStepMs)
      if (this.#stop.signal.aborted) return STOPPED
      pairs.push(pair.ok ? pair.value : this.#broken(candidateId, pair.failure))
    }
    const models = [...this.#times.values()].map((times) => times.toSamples())
    const evidence = { control: control.value, pairs, models, seed }
    const figures = await this.#analysis.compareSpeed(evidence)
    if (!figures.ok) return figures
    return success({
      createdAt: new Date().toISOString(),
      baseline: this.#timesOf(plan.baselineId).name,
      commonBatchSize: plan.commonBatchSize,
      ...figures.value,
      notes: plan.notes,
      timerStepMs,
      seed,
    })
  }

  /** Waits while an evaluation, in this tab or another, is at the GPU. Returns why not, or null. */
  async #claimGpu(): Promise<Failure | null> {
    const { plan, run } = this.request
    if (!plan.models.some(({ backend }) => backend === 'webgpu')) return null
    if (!run.gpu.mayStart) {
      const advice = 'Compare with WASM as backend, then test speed.'
      return failed('runtime-unavailable', run.gpu.describe(), advice).failure
    }
    const what = `a speed test on ${run.dataset.name}`
    const release = await acquireDevice(what, this.#stop.signal, (holder) => {
      this.onProgress({
        share: 0,
        text: `The GPU is taken by ${holder}; waiting until it is free.`,
      })
    })
    if (release === null) return STOPPED.failure
    if (this.#stop.signal.aborted) release()
    else this.#releaseDevice = release
    return null
  }

  async #pair(candidateId: string, timerStepMs: number): Promise<Outcome<SpeedSamples>> {
    const { plan } = this.request
    const [baseline, candidate] = [this.#timesOf(plan.baselineId), this.#timesOf(candidateId)]
    const isControl = candidateId === plan.baselineId
    const text = isControl
      ? `${baseline.name} against itself: how much the machine’s noise makes.`
      : `${candidate.name} against ${baseline.name}.`
    const onProgress = (share: number) => {
      const all = plan.candidateIds.length + 1
      this.onProgress({ share: (this.#pairsDone + Math.min(1, share)) / all, text })
    }
    onProgress(0)
    const lane = this.#openLane()
    const measured = await this.#loadAndMeasure(lane, candidateId, (options) =>
      measurePair({ ...options, lane, baseline, candidate, timerStepMs, onProgress }),
    )
    this.#pairsDone += 1
    if (!measured.ok && measured.failure.code === 'device-lost') {
      this.request.run.gpu.noteLoss(lane.openedAt)
    }
    return measured
  }

  async #loadAndMeasure(
    lane: SpeedLane,
    candidateId: string,
    measure: (
      options: Pick<Parameters<typeof measurePair>[0], 'limits' | 'watch'>,
    ) => Promise<Outcome<SpeedSamples>>,
  ): Promise<Outcome<SpeedSamples>> {
    const { plan } = this.request
    if (!this.#isBaselineLoaded) {
      const loaded = await this.#load(lane, 'baseline', plan.baselineId)
      if (!loaded.ok) return loaded
      this.#isBaselineLoaded = true
    }
    const loaded = await this.#load(lane, 'candidate', candidateId)
    return loaded.ok ? measure({ limits: plan.limits, watch: this.#watch }) : loaded
  }

  /** A worker that failed is never touched again. */
  #openLane(): SpeedLane {
    if (this.#lane?.isOpen === true) return this.#lane
    this.#isBaselineLoaded = false
    this.#lane = new SpeedLane(this.request.plan.deadlines)
    if (this.#stop.signal.aborted) this.#lane.close()
    return this.#lane
  }

  async #load(lane: SpeedLane, side: SpeedSide, modelId: string): Promise<Outcome<null>> {
    const { plan, run } = this.request
    const times = this.#timesOf(modelId)
    const info = run.models.find(({ id }) => id === modelId)
    const binding = run.preparation.bindings[modelId]
    const file = run.files.get(modelId)
    if (!binding?.ok || info === undefined || file === undefined) {
      return failed('internal', `${times.name} is gone.`, 'Compare again.')
    }
    const blocks = []
    for (const layout of new Set(binding.value.inputs.map((input) => input.layout))) {
      const block = await run.reader.block(layout, 0, plan.rows)
      if (!block.ok) return block
      blocks.push(block.value)
    }
    const { backend, threads, batchSize } = times.model
    const external = run.external?.get(modelId) ?? []
    const identity = { modelId, name: info.fileName, file, external, binding: binding.value }
    const model = { ...identity, backend, threads, batchSize, batchLimit: null }
    const loaded = await lane.load({ side, model, blocks, rows: plan.rows })
    if (!loaded.ok) return loaded
    times.noteLoad(loaded.value.threads)
    return success(null)
  }

  #broken(candidateId: string, failure: Failure): SpeedSamples {
    const { plan } = this.request
    return {
      baseline: this.#timesOf(plan.baselineId).name,
      candidate: this.#timesOf(candidateId).name,
      rows: 0,
      blocks: [],
      droppedBlocks: 0,
      problem: failure.message,
    }
  }

  #timesOf(modelId: string): SpeedSideTimes {
    const times = this.#times.get(modelId)
    if (times === undefined) throw new Error(`unknown model ${modelId}`)
    return times
  }
}
