import type * as Ort from 'onnxruntime-web'
import type { PieceRequest } from '../../src/contract/evaluator'
import type { InputBlock } from '../../src/contract/reader'
import type { PolicyWindow } from '../../src/core/policy'
import type { RolloutBinding } from '../../src/core/task'
import type { Market } from '../../src/tasks/policy/market'
import { PolicyRollout } from '../../src/tasks/policy/policy-rollout'
import type { BatchSize } from './batch-size'
import { PolicySession } from './policy-session'
import type { RolloutStream } from './rollout-stream'
import type { Runtime } from './runtime'

/** Bars of all windows together in one run along the time axis: enough to forget the call. */
const SEQUENCE_ROWS = 2048

export interface RolloutJob {
  readonly rollout: RolloutBinding
  readonly runtime: Runtime
  readonly session: Ort.InferenceSession
  readonly batchSize: BatchSize
  readonly piece: PieceRequest
  readonly stream: RolloutStream
}

/**
 * Leads a policy through the windows of a piece, the way that its binding has chosen; every way gives
 * the actions of one bar at a time.
 * @returns the action at each bar of each window, one window after another; 0 at a window's last bar
 *   and after ruin
 * @throws the runtime's errors, and BadAction
 */
export async function rollOut(job: RolloutJob): Promise<Float64Array<ArrayBuffer>> {
  const windows = windowsOf(job.rollout, job.piece)
  const market = marketOf(job.rollout, job.piece.blocks)
  const policy = new PolicySession(job.runtime, job.session, job.rollout.policy)
  const answers = new Float64Array(job.piece.end - job.piece.start)
  const places = placesOf(windows)
  const put = (window: number, actions: Float64Array) => {
    answers.set(actions, places[window] ?? 0)
  }
  switch (job.rollout.path) {
    case 'rows':
      await runRows(job, { windows, market, policy, put })
      break
    case 'sequence':
      await runSequence(job, { windows, market, policy, put })
      break
    case 'steps':
      await runSteps(job, { windows, market, policy, put })
      break
    case 'single-steps':
      for (const [index, window] of windows.entries()) {
        const putOne = (_: number, actions: Float64Array) => {
          put(index, actions)
        }
        await runSteps(job, { windows: [window], market, policy, put: putOne })
      }
      break
  }
  return answers
}

interface Walk {
  readonly windows: readonly PolicyWindow[]
  readonly market: Market
  readonly policy: PolicySession
  readonly put: (window: number, actions: Float64Array) => void
}

/** Bars are independent: each bar of the span is answered once, whatever windows hold it. */
async function runRows(job: RolloutJob, { windows, market, policy, put }: Walk): Promise<void> {
  const from = Math.min(...windows.map(({ start }) => start))
  const to = Math.max(...windows.map(({ end }) => end - 1))
  const { observations, observationWidth: width } = market
  const actions = new Float64Array(Math.max(0, to - from))
  for (let row = from; row < to;) {
    const rows = Math.min(job.batchSize.size, to - row)
    const started = performance.now()
    policy.reset(rows)
    await policy.step(
      observations.subarray(row * width, (row + rows) * width),
      actions.subarray(row - from, row - from + rows),
    )
    const ms = performance.now() - started
    job.batchSize.note(rows, ms)
    await job.stream.note(rows, ms)
    row += rows
  }
  windows.forEach(({ start, end }, index) => {
    put(index, actions.subarray(start - from, end - 1 - from))
  })
}

/** Bar after bar, windows side by side as the batch. */
async function runSteps(job: RolloutJob, { windows, market, policy, put }: Walk): Promise<void> {
  const rollout = new PolicyRollout(market, windows, job.rollout.settings)
  const actions = new Float64Array(rollout.count)
  policy.reset(rollout.count)
  while (!rollout.isDone) {
    const started = performance.now()
    policy.resetRows(rollout.resets)
    await policy.step(rollout.observe(), actions)
    rollout.act(actions)
    const beat = job.stream.note(rollout.count, performance.now() - started)
    if (beat !== null) await beat
  }
  rollout.actions().forEach((chosen, index) => {
    put(index, chosen)
  })
}

/** Windows side by side, many bars of each in one run; the state goes on from run to run. */
async function runSequence(job: RolloutJob, { windows, market, policy, put }: Walk): Promise<void> {
  const { observations, observationWidth: width } = market
  const isTimeFirst = job.rollout.policy.axes === 'time,batch'
  const begins = windows.map(({ start }) => Math.max(0, start - job.rollout.settings.warmup))
  const longest = Math.max(...windows.map(({ end }, w) => end - 1 - (begins[w] ?? 0)))
  const chosen = windows.map(({ start, end }) => new Float64Array(end - 1 - start))
  const count = windows.length
  policy.reset(count)
  const chunk = Math.max(1, Math.floor(SEQUENCE_ROWS / count))
  for (let first = 0; first < longest; first += chunk) {
    const bars = Math.min(chunk, longest - first)
    const started = performance.now()
    const block = new Float32Array(bars * count * width)
    const place = (w: number, t: number) => (isTimeFirst ? t * count + w : w * bars + t)
    windows.forEach(({ end }, w) => {
      for (let t = 0; t < bars; t += 1) {
        const row = (begins[w] ?? 0) + first + t
        if (row >= end - 1) break
        block.set(observations.subarray(row * width, (row + 1) * width), place(w, t) * width)
      }
    })
    const actions = new Float64Array(bars * count)
    await policy.sequence(block, bars, actions)
    windows.forEach(({ start, end }, w) => {
      for (let t = 0; t < bars; t += 1) {
        const row = (begins[w] ?? 0) + first + t
        const target = chosen[w]
        if (row >= start && row < end - 1 && target !== undefined) {
          target[row - start] = actions[place(w, t)] ?? NaN
        }
      }
    })
    await job.stream.note(bars * count, performance.now() - started)
  }
  chosen.forEach((actions, index) => {
    put(index, actions)
  })
}

/** The windows whose bars are the rows of the piece. */
function windowsOf({ windows }: RolloutBinding, piece: PieceRequest): readonly PolicyWindow[] {
  let row = 0
  const inside: PolicyWindow[] = []
  for (const window of windows) {
    const end = row + window.end - window.start
    if (row >= piece.start && end <= piece.end) inside.push(window)
    row = end
  }
  return inside
}

/** Where each window's bars begin among the rows of the piece. */
function placesOf(windows: readonly PolicyWindow[]): readonly number[] {
  let row = 0
  return windows.map(({ start, end }) => {
    const place = row
    row += end - start
    return place
  })
}

const markets = new WeakMap<object, Market>()

/** The table as columns; kept for the pieces to come, which are given the same block. */
function marketOf(rollout: RolloutBinding, blocks: readonly InputBlock[]): Market {
  const find = (layout: number) => blocks.find((block) => block.layout === layout)?.data
  const observations = find(rollout.observationLayout)
  const prices = find(rollout.priceLayout)
  if (!(observations instanceof Float32Array) || !(prices instanceof Float64Array)) {
    throw new Error('a rollout without its market')
  }
  const known = markets.get(prices)
  if (known?.observations === observations) return known
  const rows = prices.length / 3
  const column = (index: number) =>
    Float64Array.from({ length: rows }, (_, row) => prices[row * 3 + index] ?? NaN)
  const open = column(0)
  const market: Market = {
    rows,
    times: null,
    open: open.some(Number.isNaN) ? null : open,
    close: column(1),
    spread: column(2),
    observations,
    observationWidth: rollout.observationColumns,
  }
  markets.set(prices, market)
  return market
}
