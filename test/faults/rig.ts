import { expect } from 'vitest'
import {
  DEFAULT_SETTINGS,
  type EvaluationSettings,
  type Machine,
  type ModelRun,
  type RunEvent,
} from '../../src/core/evaluation'
import type { Outcome } from '../../src/core/failure'
import type { ModelInfo } from '../../src/core/model'
import { createReaderClient } from '../../src/engine/create-reader-client'
import type { Deadlines } from '../../src/engine/deadlines'
import { detectMachine } from '../../src/engine/detect-machine'
import { GpuHealth } from '../../src/engine/gpu-health'
import type { Journal } from '../../src/engine/journal'
import { planEvaluation } from '../../src/engine/plan'
import type { ReaderClient } from '../../src/engine/reader-client'
import { runEvaluation } from '../../src/engine/run-evaluation'
import type { EvaluationRun, RunRequest, RunResult } from '../../src/engine/run-request'
import { FaultPlan } from './fault-plan'
import { WorkerWatch } from './worker-watch'

export const LINEAR = 'digits_linear.onnx'
export const MLP = 'digits_mlp.onnx'
export const CNN = 'digits_cnn.onnx'
export const ROWS = 629

/** Short enough for tests, long enough for two busy cores. */
export const DEADLINES: Deadlines = {
  runtimeMs: 20_000,
  sessionMs: 2_500,
  firstBatchMs: 1_500,
  batchMs: 1_000,
  batchFactor: 20,
}

/** Software WebGPU compiles its shaders for seconds. */
export const GPU_DEADLINES = { firstBatchMs: 20_000, sessionMs: 20_000, batchMs: 5_000 }

export interface RigOptions {
  readonly models?: readonly string[]
  readonly settings?: Partial<EvaluationSettings>
  readonly machine?: Partial<Machine>
  readonly deadlines?: Partial<Deadlines>
  readonly journal?: Journal | null
  readonly gpu?: GpuHealth
  /** Instead of the demo's data. */
  readonly csv?: string
  readonly features?: readonly string[]
  readonly target?: string
  /** By file name, what the plan is told of a file's size. */
  readonly plannedBytes?: Readonly<Record<string, number>>
}

export interface Finished extends RunResult {
  readonly log: readonly string[]
  readonly ms: number
}

/** Everything around one run, as the page does it, with faults at the boundary to the runtime. */
export class Rig {
  readonly faults = new FaultPlan()
  readonly workers = new WorkerWatch()
  reader: ReaderClient = createReaderClient()
  readonly #files = new Map<string, File>()
  readonly #undisturbed = new Map<string, ModelRun>()
  #machine: Machine | null = null

  close(): void {
    this.reader.close()
    this.workers.restore()
  }

  /** Forgets faults and patches; the next run starts clean. */
  reset(): void {
    this.faults.clear()
    this.workers.preludes.clear()
    this.workers.scripts.clear()
  }

  /** A file that is none of the demo's. */
  add(file: File): void {
    this.#files.set(file.name, file)
  }

  /** `digits_mlp.onnx`, or `digits_mlp.2.onnx` for the same weights in a file of its own. */
  async file(name: string): Promise<File> {
    const known = this.#files.get(name)
    if (known !== undefined) return known
    const [stem = '', copy] = name.replace(/\.onnx$/, '').split('.')
    const folder = stem.startsWith('digits_slow') ? '/test/fixtures/models' : '/demo'
    const bytes = await (await fetch(`${folder}/${stem}.onnx`)).blob()
    // A second `doc_string` (field 6) at the end: other bytes, the same model.
    const parts = copy === undefined ? [bytes] : [bytes, Uint8Array.of(0x32, 1, copy.charCodeAt(0))]
    const file = new File(parts, name)
    this.#files.set(name, file)
    return file
  }

  async request(options: RigOptions = {}): Promise<RunRequest> {
    const files = new Map<string, File>()
    for (const [index, name] of (options.models ?? [LINEAR]).entries()) {
      files.set(`m${String(index)}`, await this.file(name))
    }
    const models: ModelInfo[] = []
    for (const [id, file] of files) models.push(valueOf(await this.reader.readModel(file, id)))
    for (const { sha256, fileName } of models) this.faults.know(sha256, fileName)
    const csv = options.csv ?? (await (await fetch('/demo/digits.csv')).text())
    const table = new File([csv], 'digits.csv')
    const dataset = valueOf(await this.reader.readDataset(table, 'd', () => undefined))
    const {
      kind,
      metric: metricId,
      roles: proposed,
    } = valueOf(await this.reader.propose('d', models))
    const { features = proposed.features, target = proposed.target } = options
    const roles = { ...proposed, features, target }
    const preparation = valueOf(await this.reader.prepare({ datasetId: 'd', kind, roles, models }))
    const task = valueOf(await this.reader.tasks()).find((info) => info.kind === kind)
    const metric = task?.metrics.find(({ id }) => id === metricId)
    if (metric === undefined) throw new Error(`no metric ${metricId}`)
    this.#machine ??= await detectMachine()
    const plan = planEvaluation(
      models.map((model) => ({
        ...model,
        bytes: options.plannedBytes?.[model.fileName] ?? model.bytes,
        rowBytes: 296,
      })),
      preparation.rows,
      { ...this.#machine, cores: 2, ...options.machine },
      { ...DEFAULT_SETTINGS, backend: 'wasm', batchSize: 64, ...options.settings },
    )
    const deadlines = { ...DEADLINES, ...options.deadlines }
    const { reader } = this
    const { journal = null, gpu = new GpuHealth() } = options
    return {
      kind,
      metric,
      comparison: { metrics: task?.metrics ?? [], baselineId: null, seed: 0 },
      dataset,
      roles,
      models,
      files,
      preparation,
      plan: { ...plan, deadlines },
      reader,
      gpu,
      journal,
      useKept: true,
    }
  }

  /** Starts and waits for the end. */
  async run(options: RigOptions = {}): Promise<Finished> {
    return this.finish(await this.request(options))
  }

  /** @param watch gets every event, with the run, so that a test can act in the middle */
  async finish(
    request: RunRequest,
    watch: (event: RunEvent, run: EvaluationRun) => void = () => undefined,
  ): Promise<Finished> {
    const started = performance.now()
    const log: string[] = []
    let run: EvaluationRun | null = null
    run = runEvaluation(request, (event) => {
      if (event.type === 'log') log.push(event.entry.text)
      if (run !== null) watch(event, run)
    })
    const result = await run.done
    return { ...result, log, ms: performance.now() - started }
  }

  /** What a model answers on WASM when nothing goes wrong. Ask before faults are set. */
  async undisturbed(name: string): Promise<ModelRun> {
    const known = this.#undisturbed.get(stemOf(name))
    if (known !== undefined) return known
    const { runs } = await this.run({ models: [`${stemOf(name)}.onnx`] })
    const run = runs[0]
    if (run?.status !== 'ok')
      throw new Error(`${name} does not run undisturbed: ${JSON.stringify(run)}`)
    this.#undisturbed.set(stemOf(name), run)
    return run
  }
}

export function stemOf(fileName: string): string {
  return fileName.split('.')[0] ?? fileName
}

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}

/** The general conditions of every case, whatever went wrong. */
export async function expectSound(
  rig: Rig,
  request: RunRequest,
  finished: Finished,
): Promise<void> {
  for (const [index, run] of finished.runs.entries()) {
    const fileName = request.models[index]?.fileName ?? ''
    if (run.status === 'ok') await expectUndisturbed(rig, run, fileName)
    else expect(run.scores, `${fileName} ended without figures`).toBeNull()
    if (run.status === 'failed') {
      expect(run.failure?.message).toContain(stemOf(fileName))
      expect(run.failure?.advice).toMatch(/\.$/)
    }
    expect(run.status, fileName).not.toBe('skipped')
  }
  expect(rig.faults.overlaps(), 'calls under way at once in one worker').toEqual([])
  expect(rig.workers.alive, 'workers left behind').toBe(0)
  const foreign = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).origin)
    .filter((origin) => origin !== location.origin && origin !== 'null')
  expect(foreign, 'network requests elsewhere').toEqual([])
}

/** Bit-equal where WASM gave every answer, within the tolerance of the parity check on WebGPU. */
async function expectUndisturbed(rig: Rig, run: ModelRun, fileName: string): Promise<void> {
  const calm = await rig.undisturbed(fileName)
  const isExact = rig.faults.rows({ model: fileName, backend: 'webgpu' }) === 0
  if (isExact) {
    expect(run.scores, `${fileName} against an undisturbed run`).toEqual(calm.scores)
    return
  }
  for (const [id, value] of Object.entries(calm.scores?.metrics ?? {})) {
    expect(run.scores?.metrics[id], `${fileName} ${id}`).toBeCloseTo(value ?? NaN, 3)
  }
}
