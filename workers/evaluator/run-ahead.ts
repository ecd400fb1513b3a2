import { PolicyRunAhead } from '../../src/tasks/policy/policy-run-ahead'
import { answeredRows, MOST_BARS_A_RUN, type Lead, type RolloutJob, type Walk } from './rollout-job'
import { RunLength } from './run-length'

/**
 * Many bars of each window in one run, as if no order came in them; what an order makes untrue is run
 * again. Along the time axis where there is a state, else side by side as rows of the batch.
 * @param leads all forgetful or none
 * @returns false for a graph that must be led bar by bar: it answered a bar differently for other bars
 *   after it
 * @throws the runtime's errors, and BadAction
 */
export async function runAhead(
  { rollout, stream }: RolloutJob,
  { market, policy, put }: Walk,
  leads: readonly Lead[],
): Promise<boolean> {
  const { settings, policy: info } = rollout
  const windows = leads.map(({ window }) => window)
  const hasState = info.states.length > 0 && leads.every(({ isForgetful }) => !isForgetful)
  const isBarMajor = hasState && info.axes === 'time,batch'
  const ahead = new PolicyRunAhead(market, windows, settings, hasState, isBarMajor)
  const { count } = ahead
  const most = Math.max(1, Math.floor(MOST_BARS_A_RUN / count))
  const length = new RunLength(most, (bars) => ahead.expectedBars(bars))
  let actions = new Float64Array(0)
  if (hasState) policy.reset(count)
  while (!ahead.isDone) {
    const { bars } = length
    const rows = bars * count
    const started = performance.now()
    if (actions.length !== rows) actions = new Float64Array(rows)
    const observations = ahead.observe(bars)
    if (hasState) {
      await policy.tryBars(observations, bars, actions)
    } else {
      policy.reset(rows)
      await policy.tryRows(observations, actions)
    }
    const answered = ahead.act(actions)
    if (ahead.badRow !== null) throw policy.badAction(ahead.badRow)
    if (ahead.isContradicted) return false
    if (hasState) policy.keepStates(ahead.moved)
    const ms = performance.now() - started
    length.note(ms)
    const beat = stream.note(answeredRows(leads, answered), ms)
    if (beat !== null) await beat
  }
  const chosen = ahead.actions()
  leads.forEach((lead, index) => {
    put(lead, chosen[index] ?? new Float64Array())
  })
  return true
}
