import { wrap } from 'comlink'
import type { Preparation } from '../../../src/contract/reader'
import type { DatasetInfo, Roles } from '../../../src/core/dataset'
import { DEFAULT_SETTINGS, type Machine, type RunEvent } from '../../../src/core/evaluation'
import type { Outcome } from '../../../src/core/failure'
import type { ModelInfo } from '../../../src/core/model'
import type { TaskInfo } from '../../../src/core/task'
import { createReaderClient } from '../../../src/engine/create-reader-client'
import { GpuHealth } from '../../../src/engine/gpu-health'
import { Journal } from '../../../src/engine/journal'
import { planEvaluation } from '../../../src/engine/plan'
import { runEvaluation } from '../../../src/engine/run-evaluation'
import type { EvaluationRun } from '../../../src/engine/run-request'
import type { BareRuntime } from '../../fixtures/workers/bare-runtime.worker'
import { policyBench } from './policy-bench'
import type { Spinner } from './spin.worker'

/** A dataset and its models, read by the product's own reader and fitted to a task. */
interface Setup {
  readonly dataset: DatasetInfo
  readonly models: readonly ModelInfo[]
  readonly files: ReadonlyMap<string, File>
  readonly preparation: Preparation
  readonly task: TaskInfo
  readonly roles: Roles
}

export interface OursOptions {
  readonly batchSize: number | null
  readonly threads: number
  /** 1: sequential. */
  readonly lanes: number
  readonly backend?: 'wasm' | 'webgpu'
  /** Whether answers go to disk; they do not unless it is said. */
  readonly isJournalled?: boolean
  /** Of one model: stops where every row is answered, before the figures, which take longer. */
  readonly endsAtScoring?: boolean
}

export interface OursResult {
  /** By model: from its loaded session to its last answer. */
  readonly evaluateMs: readonly number[]
  /** From the click to the last figure. */
  readonly wallMs: number
  /** The end of it: all models have their own figures and are compared. */
  readonly comparisonMs: number
  readonly batchSizes: readonly (number | null)[]
}

const reader = createReaderClient()
let setup: Setup | undefined

const bench = {
  /** Reads `models` (addresses) and a table of `rows` rows, made by repeating the lines of `csv`. */
  async prepare(models: readonly string[], csv: string, rows: number): Promise<void> {
    const files = new Map<string, File>()
    const infos: ModelInfo[] = []
    for (const [index, url] of models.entries()) {
      const id = `m${String(index)}`
      const file = new File(
        [await (await fetch(url)).blob()],
        `${id}-${url.split('/').at(-1) ?? ''}`,
      )
      files.set(id, file)
      infos.push(valueOf(await reader.readModel(file, id)))
    }
    const table = repeatRows(await (await fetch(csv)).text(), rows)
    const dataset = valueOf(await reader.readDataset(table, 'bench', () => undefined))
    const proposal = valueOf(await reader.propose('bench', infos))
    const preparation = valueOf(
      await reader.prepare({ datasetId: 'bench', ...proposal, models: infos }),
    )
    const task = valueOf(await reader.tasks()).find(({ kind }) => kind === proposal.kind)
    if (task === undefined) throw new Error(`no task ${proposal.kind}`)
    setup = { dataset, models: infos, files, preparation, task, roles: proposal.roles }
  },

  /** The product's own evaluation of everything that was prepared. */
  async ours(options: OursOptions): Promise<OursResult> {
    const marks = new Map<string, { first?: number; last?: number }>()
    const started = performance.now()
    let scoredAt = started
    const run = start(options, (event) => {
      note(marks, event)
      if (event.type === 'model-finished') scoredAt = performance.now()
      if (options.endsAtScoring === true && isScoring(event)) run.cancel()
    })
    const { runs } = await run.done
    const ended = performance.now()
    const wanted = options.endsAtScoring === true ? 'cancelled' : 'ok'
    const failure = runs.find(({ status }) => status !== wanted)?.failure
    if (failure) throw new Error(failure.message)
    return {
      evaluateMs: current().models.map(({ id }) => {
        const { first = NaN, last = NaN } = marks.get(id) ?? {}
        return last - first
      }),
      wallMs: ended - started,
      comparisonMs: ended - scoredAt,
      batchSizes: runs.map((result) => result.batchSize),
    }
  },

  /** Stops an evaluation in the middle. Milliseconds until it has ended. */
  async stop(options: OursOptions): Promise<number> {
    let sawRows: () => void = () => undefined
    const rows = new Promise<void>((resolve) => {
      sawRows = resolve
    })
    const run = start(options, (event) => {
      if (event.type === 'model-progress' && event.rowsDone > 0) sawRows()
    })
    await rows
    const stopped = performance.now()
    run.cancel()
    await run.done
    return performance.now() - stopped
  },

  /** Starts an evaluation and lets it go on; {@link rowsSeen} follows it. */
  begin(options: OursOptions): void {
    rowsSeen = 0
    rowsAtRetry = null
    start(options, (event) => {
      if (event.type === 'model-progress') rowsSeen = event.rowsDone
      // Rows that were finished before the crash may still arrive; later ones are a recovery.
      if (event.type === 'log' && event.entry.text.includes('Goes on with')) rowsAtRetry = rowsSeen
    })
  },

  /** Whether rows have been finished since the run was set back. */
  hasRecovered(): boolean {
    return rowsAtRetry !== null && rowsSeen > rowsAtRetry
  },

  rowsSeen(): number {
    return rowsSeen
  },

  /** A bare worker on WebGPU, with one batch run. */
  async beginBare(): Promise<void> {
    bareWorker?.terminate()
    bareWorker = new Worker(
      new URL('../../fixtures/workers/bare-runtime.worker.ts', import.meta.url),
      { type: 'module' },
    )
    const runtime = wrap<BareRuntime>(bareWorker)
    const [file] = current().files.values()
    if (file === undefined) throw new Error('no model')
    await runtime.load('webgpu', 1, new Uint8Array(await file.arrayBuffer()))
    await runtime.run(new Float32Array(64 * 64), [64, 64])
  },

  /** ONNX Runtime alone, in a worker of its own, over the same rows of one model. Milliseconds. */
  async bare(index: number, batch: number, threads: number): Promise<number> {
    const { models, files, preparation } = current()
    const model = models[index]
    const binding = model && preparation.bindings[model.id]
    const file = model && files.get(model.id)
    if (file === undefined || !binding?.ok) throw new Error('nothing to run')
    const [input] = binding.value.inputs
    const block = valueOf(await reader.block(input?.layout ?? 0, 0, preparation.rows))
    const worker = new Worker(
      new URL('../../fixtures/workers/bare-runtime.worker.ts', import.meta.url),
      { type: 'module' },
    )
    const runtime = wrap<BareRuntime>(worker)
    await runtime.load('wasm', threads, new Uint8Array(await file.arrayBuffer()))
    const ms = await runtime.loop(block.data as Float32Array, input?.rowShape ?? [], batch)
    worker.terminate()
    return ms
  },

  /** How much two busy workers do together, as a multiple of what one does alone. */
  async capacity(steps: number): Promise<number> {
    const workers = [0, 1].map(
      () => new Worker(new URL('./spin.worker.ts', import.meta.url), { type: 'module' }),
    )
    const [first, second] = workers.map((worker) => wrap<Spinner>(worker))
    if (first === undefined || second === undefined) throw new Error('no worker')
    await Promise.all([first.spin(steps / 10), second.spin(steps / 10)])
    const alone = await first.spin(steps)
    const together = await Promise.all([first.spin(steps), second.spin(steps)])
    for (const worker of workers) worker.terminate()
    return (2 * alone) / Math.max(...together)
  },
}

export type Bench = typeof bench & typeof policyBench

declare global {
  interface Window {
    bench: Bench
  }
}

window.bench = { ...bench, ...policyBench }

let rowsSeen = 0
let rowsAtRetry: number | null = null
let bareWorker: Worker | undefined

function start(
  { batchSize, threads, lanes, backend = 'wasm', isJournalled = false }: OursOptions,
  onEvent: (event: RunEvent) => void,
): EvaluationRun {
  const { dataset, models, files, preparation, task, roles } = current()
  const adapter = { vendor: '', architecture: '', description: '', isFallback: false }
  const machine: Machine = {
    cores: threads * lanes,
    memoryBytes: 8 * 1024 ** 3,
    isIsolated: crossOriginIsolated,
    adapter: { ...adapter, hasShaderF16: false },
    adapterProblem: null,
  }
  const planned = models.map((model) => {
    const binding = preparation.bindings[model.id]
    if (!binding?.ok) throw new Error(`${model.name} cannot be mapped`)
    return { ...model, rowBytes: binding.value.rowBytes }
  })
  const plan = planEvaluation(planned, preparation.rows, machine, {
    ...DEFAULT_SETTINGS,
    backend,
    batchSize,
    lanes,
    sequentialUpTo: lanes === 1 ? models.length : 0,
  })
  const metric = task.metrics[0]
  if (metric === undefined) throw new Error('no metric')
  const { kind } = task
  const comparison = { metrics: task.metrics, baselineId: null, seed: 0 }
  const journal = isJournalled ? new Journal(() => undefined) : null
  const own = { plan, reader, gpu: new GpuHealth(), journal, useKept: false }
  return runEvaluation(
    { kind, metric, comparison, dataset, roles, models, files, preparation, ...own },
    onEvent,
  )
}

function current(): Setup {
  if (setup === undefined) throw new Error('prepare first')
  return setup
}

function note(marks: Map<string, { first?: number; last?: number }>, event: RunEvent): void {
  if (event.type !== 'model-progress') return
  const mark = marks.get(event.modelId) ?? {}
  marks.set(event.modelId, mark)
  if (event.phase === 'first-batch') mark.first ??= performance.now()
  if (isScoring(event)) mark.last = performance.now()
}

function isScoring(event: RunEvent): boolean {
  return event.type === 'model-progress' && event.phase === 'scoring'
}

function repeatRows(csv: string, rows: number): File {
  const [head = '', ...lines] = csv.trim().split('\n')
  const parts = [`${head}\n`]
  for (let row = 0; row < rows; row += 1) parts.push(`${lines[row % lines.length] ?? ''}\n`)
  return new File(parts, 'bench.csv')
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.failure.message} ${outcome.failure.detail ?? ''}`)
  return outcome.value
}
