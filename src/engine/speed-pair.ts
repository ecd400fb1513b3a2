import type { SpeedSide } from '../contract/evaluator'
import { success, type Outcome } from '../core/failure'
import type { SpeedBlock, SpeedSamples } from '../core/speed'
import type { DisturbanceWatch } from './disturbance-watch'
import { planBlocks } from './plan-blocks'
import type { SpeedLimits } from './plan-speed-test'
import type { SpeedLane } from './speed-lane'
import type { SpeedSideTimes } from './speed-side'

interface PairOptions {
  readonly lane: SpeedLane
  /** Loaded on their sides; one and the same in a control. */
  readonly baseline: SpeedSideTimes
  readonly candidate: SpeedSideTimes
  readonly limits: SpeedLimits
  readonly timerStepMs: number
  readonly watch: DisturbanceWatch
  /** Share of the pair that is done. */
  readonly onProgress: (share: number) => void
}

/** In this order a drift that is steady over a block weighs on both models alike. */
const ABBA: readonly SpeedSide[] = ['baseline', 'candidate', 'candidate', 'baseline']

/** Times one loaded pair in blocks, until there are enough of them or the time is over. */
export async function measurePair(options: PairOptions): Promise<Outcome<SpeedSamples>> {
  const { lane, baseline, candidate, limits, timerStepMs, watch, onProgress } = options
  const started = performance.now()
  const passedMs = () => performance.now() - started
  const warm = await candidate.warmUp(lane, 'candidate', limits.warmUpMs)
  if (!warm.ok) return warm
  const candidateSpeed = speedOf(candidate)
  const alsoWarm = await baseline.warmUp(lane, 'baseline', limits.warmUpMs)
  if (!alsoWarm.ok) return alsoWarm
  const left = limits.pairMs - passedMs()
  const plan = planBlocks(speedOf(baseline), candidateSpeed, timerStepMs, left, limits)
  const blocks: SpeedBlock[] = []
  let droppedBlocks = 0
  watch.take()
  while (blocks.length < plan.blocks && passedMs() < limits.pairMs) {
    const begunAt = performance.now()
    const block = await measureBlock(options, plan.rows)
    if (!block.ok) return block
    const wasHidden = watch.take()
    const hasSlept = lane.sleptSince(begunAt)
    if (wasHidden || hasSlept) droppedBlocks += 1
    else blocks.push(keep(block.value, options, plan.rows))
    onProgress(Math.max(blocks.length / plan.blocks, passedMs() / limits.pairMs))
  }
  const names = { baseline: baseline.name, candidate: candidate.name }
  return success({ ...names, rows: plan.rows, blocks, droppedBlocks, problem: null })
}

function speedOf({ msPerRow, model }: SpeedSideTimes) {
  return { msPerRow, batchSize: model.batchSize }
}

type TimedTurn = { readonly side: SpeedSide; readonly turn: Parameters<SpeedSideTimes['note']>[0] }

async function measureBlock(
  { lane, baseline, candidate }: PairOptions,
  rows: number,
): Promise<Outcome<readonly TimedTurn[]>> {
  const turns: TimedTurn[] = []
  for (const side of ABBA) {
    const model = side === 'baseline' ? baseline : candidate
    const turn = await model.takeTurn(lane, side, rows)
    if (!turn.ok) return turn
    turns.push({ side, turn: turn.value })
  }
  return success(turns)
}

function keep(
  turns: readonly TimedTurn[],
  { baseline, candidate }: PairOptions,
  rows: number,
): SpeedBlock {
  const ms = { baseline: 0, candidate: 0 }
  for (const { side, turn } of turns) {
    const model = side === 'baseline' ? baseline : candidate
    model.note(turn, rows)
    ms[side] += turn.ms
  }
  return { baselineMs: ms.baseline, candidateMs: ms.candidate }
}
