import type { PieceRequest } from '../../src/contract/evaluator'
import type { InputBlock } from '../../src/contract/reader'
import type { PolicyPath, RolloutBinding } from '../../src/core/task'
import type { Market } from '../../src/tasks/policy/market'
import { PolicyRollout } from '../../src/tasks/policy/policy-rollout'
import { PolicySession } from './policy-session'
import { answeredRows, MOST_BARS_A_RUN, type Lead, type RolloutJob, type Walk } from './rollout-job'
import { runAhead } from './run-ahead'

const PROBED_BARS = 32

/**
 * Leads a policy through the windows of a piece, the way that its binding has chosen; every way gives
 * the actions of one bar at a time.
 * @param width numbers per bar: the action and, where there are two, that of the policy whose state is
 *   reset at every bar
 * @returns bar by bar, one window after another; 0 at a window's last bar and after ruin
 * @throws the runtime's errors, and BadAction
 */
export async function rollOut(job: RolloutJob, width: number): Promise<Float64Array<ArrayBuffer>> {
  const { rollout, piece } = job
  const answers = new Float64Array((piece.end - piece.start) * width)
  const walk: Walk = {
    market: marketOf(rollout, piece.blocks),
    policy: new PolicySession(job.runtime, job.session, rollout.policy),
    put: ({ place, isForgetful }, actions) => {
      const column = isForgetful ? 1 : 0
      for (let t = 0; t < actions.length; t += 1) {
        answers[(place + t) * width + column] = actions[t] ?? 0
      }
    },
  }
  const leads = leadsOf(rollout, piece)
  const [whole] = rollout.windows
  const forgetful =
    width === 1
      ? []
      : leads
          .filter(({ window }) => window === whole)
          .map((lead) => ({ ...lead, isForgetful: true }))
  const path = forgetfulPath(rollout)
  if (path === 'steps') {
    await lead(job, walk, 'steps', [...leads, ...forgetful])
  } else {
    await lead(job, walk, rollout.path, leads)
    await lead(job, walk, path, forgetful)
  }
  return answers
}

/** Without a state, bars depend on each other through the account alone. */
function forgetfulPath({ path, policy, settings }: RolloutBinding): PolicyPath {
  if (path === 'single-steps' || settings.accountFeatures.length > 0) return path
  return policy.hasFreeBatch ? 'rows' : 'single-steps'
}

async function lead(
  job: RolloutJob,
  walk: Walk,
  path: PolicyPath,
  leads: readonly Lead[],
): Promise<void> {
  if (leads.length === 0) return
  switch (path) {
    case 'rows':
      await runRows(job, walk, leads)
      break
    case 'sequence':
      if (await isCausal(job, walk)) await runSequence(job, walk, leads)
      else await runSteps(job, walk, leads)
      break
    case 'ahead':
      if (!(await isCausal(job, walk)) || !(await runAhead(job, walk, leads))) {
        await runSteps(job, walk, leads)
      }
      break
    case 'steps':
      await runSteps(job, walk, leads)
      break
    case 'single-steps':
      for (const one of leads) await runSteps(job, walk, [one])
      break
  }
}

/** Tried on the first bars, with an account of zeros: a graph that looks ahead is led bar by bar. */
async function isCausal(
  { rollout: { policy: info } }: RolloutJob,
  { market: { rows, observations, observationWidth: columns }, policy }: Walk,
): Promise<boolean> {
  if (info.axes === 'batch') return true
  // An even number, so that the halves of observations and answers are the same bars.
  const bars = Math.min(PROBED_BARS, rows - (rows % 2))
  const width = info.observationWidth
  const block = new Float32Array(bars * width)
  for (let bar = 0; bar < bars; bar += 1) {
    block.set(observations.subarray(bar * columns, (bar + 1) * columns), bar * width)
  }
  return bars === 0 || policy.isCausal(block)
}

/** Bars are independent: each bar of the span is answered once, whatever windows hold it. */
async function runRows(
  job: RolloutJob,
  { market, policy, put }: Walk,
  leads: readonly Lead[],
): Promise<void> {
  const from = Math.min(...leads.map(({ window }) => window.start))
  const to = Math.max(...leads.map(({ window }) => window.end - 1))
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
    await job.stream.note(answeredRows(leads, rows), ms)
    row += rows
  }
  for (const one of leads) {
    put(one, actions.subarray(one.window.start - from, one.window.end - 1 - from))
  }
}

/** Bar after bar, windows side by side as the batch. */
async function runSteps(
  job: RolloutJob,
  { market, policy, put }: Walk,
  leads: readonly Lead[],
): Promise<void> {
  const rollout = new PolicyRollout(
    market,
    leads.map(({ window }) => window),
    job.rollout.settings,
    leads.map(({ isForgetful }) => isForgetful),
  )
  const answered = answeredRows(leads, leads.length)
  const actions = new Float64Array(rollout.count)
  policy.reset(rollout.count)
  while (!rollout.isDone) {
    const started = performance.now()
    policy.resetRows(rollout.resets)
    await policy.step(rollout.observe(), actions)
    rollout.act(actions)
    const beat = job.stream.note(answered, performance.now() - started)
    if (beat !== null) await beat
  }
  const chosen = rollout.actions()
  leads.forEach((one, index) => {
    put(one, chosen[index] ?? new Float64Array())
  })
}

/** Windows side by side, many bars of each in one run; the state goes on from run to run. */
async function runSequence(
  job: RolloutJob,
  { market, policy, put }: Walk,
  leads: readonly Lead[],
): Promise<void> {
  const windows = leads.map(({ window }) => window)
  const { observations, observationWidth: width } = market
  const isTimeFirst = job.rollout.policy.axes === 'time,batch'
  const begins = windows.map(({ start }) => Math.max(0, start - job.rollout.settings.warmup))
  const longest = Math.max(...windows.map(({ end }, w) => end - 1 - (begins[w] ?? 0)))
  const chosen = windows.map(({ start, end }) => new Float64Array(end - 1 - start))
  const count = windows.length
  policy.reset(count)
  const chunk = Math.max(1, Math.floor(MOST_BARS_A_RUN / count))
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
  leads.forEach((one, index) => {
    put(one, chosen[index] ?? new Float64Array())
  })
}

/** The windows whose bars are the rows of the piece. */
function leadsOf({ windows }: RolloutBinding, piece: PieceRequest): readonly Lead[] {
  let row = 0
  const leads: Lead[] = []
  for (const window of windows) {
    const end = row + window.end - window.start
    const place = row - piece.start
    if (place >= 0 && end <= piece.end) leads.push({ window, place, isForgetful: false })
    row = end
  }
  return leads
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
