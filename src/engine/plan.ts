import type { Backend, EvaluationSettings, Machine } from '../core/evaluation'
import type { Failure } from '../core/failure'
import { admit, estimateBytes, memoryBudget } from './admission'
import { DEFAULT_DEADLINES, type Deadlines } from './deadlines'

export interface PlannedModel {
  readonly id: string
  readonly name: string
  readonly bytes: number
  /** Null where the WebGPU build can be tried; else the reason why not. */
  readonly wasmOnly: string | null
  /** One sentence why WASM is faster than any GPU; null or absent where a GPU may pay off. */
  readonly prefersWasm?: string | null
  readonly usesFloat16: boolean
  /** Bytes of input tensors and read output, per row. */
  readonly rowBytes: number
}

export interface ModelPlan {
  readonly modelId: string
  readonly backend: Backend
  /** One sentence; null where nothing needs saying. */
  readonly backendReason: string | null
  /** Why the model is not run at all; null where it is. */
  readonly refusal: Failure | null
}

/** What a run will do, decided before anything is loaded. Plain data. */
export interface EvaluationPlan {
  readonly mode: 'sequential' | 'pool'
  readonly lanes: number
  readonly threadsPerLane: number
  readonly sequentialUpTo: number
  /** One sentence, shown beside the button and kept in the report. */
  readonly reason: string
  readonly models: readonly ModelPlan[]
  /** Rows are cut into pieces of this many; the last one of a model may be shorter. */
  readonly pieceRows: number
  readonly batchSize: number | null
  readonly deadlines: Deadlines
}

const MIB = 1024 ** 2
/** Large enough that the messages around a piece cost next to nothing beside its work. */
const PIECE_BYTES = 32 * MIB
const PIECE_ROWS = { min: 64, max: 65_536 }
/** So that lanes stay busy to the end, each has at least this many pieces of a model to share. */
const PIECES_PER_LANE = 4

/**
 * Decides mode, lanes, threads, backends and piece size. Pure: the same arguments give the same plan.
 * Up to `sequentialUpTo` models share one worker and one device, one after another: two at once on
 * one device is the deadlock that Bakeoff exists to avoid.
 */
export function planEvaluation(
  models: readonly PlannedModel[],
  rows: number,
  machine: Machine,
  settings: EvaluationSettings,
): EvaluationPlan {
  const mode = models.length <= settings.sequentialUpTo ? 'sequential' : 'pool'
  const plans = models.map((model) => planModel(model, machine, settings))
  const backends = new Set(plans.map((plan) => plan.backend))
  const { wanted, fitting } = countLanes(models, backends, machine, settings)
  const lanes = mode === 'sequential' ? 1 : Math.max(1, Math.min(wanted, fitting))
  const isScarce = mode === 'pool' && fitting < wanted
  const scarcity = isScarce ? ' Memory bears no more at once: the other models wait.' : ''
  const threadsPerLane = machine.isIsolated ? Math.max(1, Math.floor(machine.cores / lanes)) : 1
  const rowBytes = Math.max(1, ...models.map((model) => model.rowBytes))
  return {
    mode,
    lanes,
    threadsPerLane,
    sequentialUpTo: settings.sequentialUpTo,
    reason: explain(models.length, mode, lanes, threadsPerLane, backends) + scarcity,
    models: plans,
    pieceRows: pieceRows(rows, rowBytes, lanes),
    batchSize: settings.batchSize,
    deadlines: DEFAULT_DEADLINES,
  }
}

function planModel(model: PlannedModel, machine: Machine, settings: EvaluationSettings): ModelPlan {
  const plan = (backend: Backend, backendReason: string | null): ModelPlan => ({
    modelId: model.id,
    backend,
    backendReason,
    refusal: admit(model, backend, machine),
  })
  if (settings.backend === 'wasm') return plan('wasm', null)
  if (model.wasmOnly !== null) return plan('wasm', model.wasmOnly)
  if (settings.backend === 'auto' && typeof model.prefersWasm === 'string') {
    return plan('wasm', model.prefersWasm)
  }
  if (machine.adapter === null) {
    return plan('wasm', machine.adapterProblem ?? 'This browser offers no WebGPU adapter.')
  }
  if (model.usesFloat16 && !machine.adapter.hasShaderF16) {
    return plan('wasm', 'It uses 16-bit floats, which this GPU does not offer (shader-f16).')
  }
  if (settings.backend === 'auto' && machine.adapter.isFallback) {
    return plan('wasm', 'The only WebGPU adapter is a software one, which is slower than WASM.')
  }
  return plan('webgpu', null)
}

function countLanes(
  models: readonly PlannedModel[],
  backends: ReadonlySet<Backend>,
  machine: Machine,
  settings: EvaluationSettings,
): { readonly wanted: number; readonly fitting: number } {
  const wanted = Math.min(models.length, settings.lanes ?? Math.max(1, machine.cores))
  const largest = Math.max(
    ...models.flatMap((model) => [...backends].map((backend) => estimateBytes(model, backend))),
  )
  return { wanted, fitting: Math.floor(memoryBudget(machine) / largest) }
}

function pieceRows(rows: number, rowBytes: number, lanes: number): number {
  const byMemory = Math.floor(PIECE_BYTES / rowBytes)
  const bySharing = lanes === 1 ? PIECE_ROWS.max : Math.ceil(rows / (lanes * PIECES_PER_LANE))
  const wanted = Math.min(byMemory, bySharing, PIECE_ROWS.max)
  // Powers of two, so that full batches fill a piece without a remainder.
  const power = 2 ** Math.floor(Math.log2(Math.max(1, wanted)))
  return Math.max(Math.min(PIECE_ROWS.min, byMemory || 1), power)
}

function explain(
  count: number,
  mode: 'sequential' | 'pool',
  lanes: number,
  threads: number,
  backends: ReadonlySet<Backend>,
): string {
  const models = count === 1 ? '1 model' : `${String(count)} models`
  const where = [...backends]
    .map((backend) => (backend === 'wasm' ? 'WASM' : 'WebGPU'))
    .join(' and ')
  const perLane = backends.has('wasm')
    ? `, ${String(threads)} ${threads === 1 ? 'thread' : 'threads'}`
    : ''
  if (mode === 'sequential') {
    const order = count === 1 ? 'on its own' : 'one after another'
    return `${models}: ${order} in one worker on one device, ${where}${perLane}.`
  }
  const workers = lanes === 1 ? '1 worker' : `${String(lanes)} workers`
  return `${models}: pool of ${workers}, ${where}${perLane}${threads > 0 && backends.has('wasm') ? ' each' : ''}.`
}
