import type { SpeedLimits } from './plan-speed-test'

export interface SideSpeed {
  readonly msPerRow: number
  readonly batchSize: number
}

export interface BlockPlan {
  /** Of each turn; both models take the same. */
  readonly rows: number
  /** At most this many blocks of four turns. */
  readonly blocks: number
}

/** A turn of the faster model lasts at least this many steps of the clock. */
const LEAST_TIMER_STEPS = 200
/** Turns are not made so long that fewer blocks than this fit into the time. */
const WANTED_BLOCKS = 10

/**
 * How long a turn is: long enough for the clock and for the messages around it, short enough that
 * many blocks fit. Pure.
 */
export function planBlocks(
  baseline: SideSpeed,
  candidate: SideSpeed,
  timerStepMs: number,
  leftMs: number,
  limits: Pick<SpeedLimits, 'blocks' | 'turnMs'>,
): BlockPlan {
  const speeds = [baseline, candidate].map(({ msPerRow }) => Math.max(msPerRow, 1e-9))
  const [slower, faster] = [Math.max(...speeds), Math.min(...speeds)]
  const largestBatch = Math.max(baseline.batchSize, candidate.batchSize)
  const wanted = Math.max(limits.turnMs / slower, (LEAST_TIMER_STEPS * timerStepMs) / faster)
  const perBlock = 2 * (slower + faster)
  const affordable = leftMs / (WANTED_BLOCKS * perBlock)
  const batches = Math.max(1, Math.ceil(Math.min(wanted, affordable) / largestBatch))
  const rows = batches * largestBatch
  const fitting = Math.floor(leftMs / (rows * perBlock))
  return { rows, blocks: Math.max(1, Math.min(limits.blocks, fitting)) }
}
