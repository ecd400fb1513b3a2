import type { Backend, Machine } from '../core/evaluation'
import { formatQuantity } from '../core/format'
import { LANE_BYTES, memoryBudget, MODEL_BYTES_FACTOR } from './admission'
import { DEFAULT_DEADLINES, type Deadlines } from './deadlines'

/** One model of a finished comparison, as it ran there. */
export interface SpeedCandidate {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly backend: Backend
  /** In the comparison; null where none is known. */
  readonly batchSize: number | null
  /** The only one that the model takes; null where any does. */
  readonly fixedBatch: number | null
  readonly rowBytes: number
  readonly isPolicy: boolean
}

export interface PlannedSpeedModel {
  readonly modelId: string
  readonly backend: Backend
  readonly threads: number
  readonly batchSize: number
}

/** What a speed test will do, decided before anything is loaded. Plain data. */
export interface SpeedPlan {
  readonly baselineId: string
  /** Models measured against the baseline, after the baseline against itself. */
  readonly candidateIds: readonly string[]
  readonly models: readonly PlannedSpeedModel[]
  readonly commonBatchSize: number | null
  /** Both models of a pair go through the first so many rows, again and again. */
  readonly rows: number
  readonly limits: SpeedLimits
  readonly deadlines: Deadlines
  /** Who is left out and why, one sentence each. */
  readonly notes: readonly string[]
  /** One sentence. */
  readonly reason: string
}

/** Active milliseconds, and blocks. */
export interface SpeedLimits {
  /** One pair, loading left out. */
  readonly pairMs: number
  /** Warm-up of one model of a pair. */
  readonly warmUpMs: number
  readonly blocks: number
  /** A turn of the slower model lasts at least this long. */
  readonly turnMs: number
}

export const SPEED_LIMITS: SpeedLimits = { pairMs: 20_000, warmUpMs: 2_000, blocks: 40, turnMs: 20 }

/** Rows that are kept beside the two models. */
const ROW_BYTES = 32 * 1024 ** 2
const MOST_ROWS = 16_384
const DEFAULT_BATCH = 64

export interface SpeedWishes {
  readonly baselineId: string
  /** Null: each model with the batch size it was compared with. */
  readonly commonBatchSize: number | null
}

/** Pure: the same arguments give the same plan. Null where there is nothing to compare. */
export function planSpeedTest(
  models: readonly SpeedCandidate[],
  rows: number,
  machine: Machine,
  { baselineId, commonBatchSize }: SpeedWishes,
): SpeedPlan | null {
  const baseline = models.find(({ id }) => id === baselineId)
  const timed = models.filter(({ isPolicy }) => !isPolicy)
  if (baseline === undefined || baseline.isPolicy || rows === 0) return null
  const others = timed.filter(({ id }) => id !== baselineId)
  const fitting = others.filter((model) => fitsBeside(baseline, model, machine))
  if (fitting.length === 0 || !fitsBeside(baseline, baseline, machine)) return null
  const rowBytes = Math.max(1, ...timed.map((model) => model.rowBytes))
  const window = Math.max(1, Math.min(rows, MOST_ROWS, Math.floor(ROW_BYTES / rowBytes)))
  const pairs = formatQuantity(fitting.length, 'pair')
  return {
    baselineId,
    candidateIds: fitting.map(({ id }) => id),
    models: [baseline, ...fitting].map((model) => ({
      modelId: model.id,
      backend: model.backend,
      threads: model.backend === 'wasm' && machine.isIsolated ? Math.max(1, machine.cores) : 1,
      batchSize:
        model.fixedBatch ?? Math.min(window, commonBatchSize ?? model.batchSize ?? DEFAULT_BATCH),
    })),
    commonBatchSize,
    rows: window,
    limits: SPEED_LIMITS,
    deadlines: DEFAULT_DEADLINES,
    notes: [
      ...others
        .filter((model) => !fitting.includes(model))
        .map(({ name }) => `${name} does not fit into memory beside the baseline.`),
      ...models
        .filter(({ isPolicy }) => isPolicy)
        .map(({ name }) => `${name} is a policy, which is led bar by bar: it is not timed here.`),
    ],
    reason: `${baseline.name} against itself, then ${pairs} in turn in one worker, one run at a time.`,
  }
}

function fitsBeside(one: SpeedCandidate, other: SpeedCandidate, machine: Machine): boolean {
  const lane = Math.max(LANE_BYTES[one.backend], LANE_BYTES[other.backend])
  return lane + (one.bytes + other.bytes) * MODEL_BYTES_FACTOR <= memoryBudget(machine)
}
