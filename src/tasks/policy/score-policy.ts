import { failed, success, type Outcome } from '../../core/failure'
import { formatCount, formatQuantity } from '../../core/format'
import type { PolicyResult, PolicySettings, PolicyWindow, Trade } from '../../core/policy'
import type { ModelScores, PolicyDetails, TimedTrade, WindowScores } from '../../core/report'
import { isoTime } from '../../core/time-text'
import { policyMetricsOf, type PolicyMetric } from '../../metrics/policy-metrics'
import type { AnsweredModel } from '../task'
import { undefinedScores } from '../undefined-scores'
import { isContinuous } from './action-codes'
import { actionSummary, type ActionSummary } from './action-summary'
import { backtest, type ReplayMarket } from './backtest'
import { buyAndHold } from './buy-and-hold'
import { costCurve } from './cost-curve'
import { describeTrading } from './describe-trading'
import { equityCurve } from './equity-curve'

/** Trades that a report holds; their count and their figures are those of all. */
const MOST_TRADES = 5000

type Actions = Float32Array | Float64Array

/** What a policy chose in one window, and what that came to. */
interface TradedWindow {
  readonly window: PolicyWindow
  /** Up to the last bar that counted. */
  readonly actions: Actions
  readonly result: PolicyResult
}

/**
 * Trades the actions of one policy again and makes its figures: those of the whole range, and of each
 * walk-forward window. Figures are withheld where an answer is no action.
 */
export function scorePolicy({ modelId, rows, data, targets }: AnsweredModel): Outcome<ModelScores> {
  if (targets.kind !== 'policy' || !ArrayBuffer.isView(data)) return misfit()
  const settings = new Map(Object.entries(targets.settings)).get(modelId)
  const bars = targets.windows.reduce((sum, { start, end }) => sum + end - start, 0)
  if (settings === undefined || bars !== rows || data.length !== rows) return misfit()
  const market = { ...targets, rows: targets.bars }
  const [whole, ...tests] = trade(market, targets.windows, data as Actions, settings)
  if (whole === undefined) return misfit()
  const metrics = policyMetricsOf(settings.convention)
  const notes = describeTrading(settings, targets)
  const bad = countBadActions([whole, ...tests], settings)
  if (bad > 0) {
    const warning = `${formatQuantity(bad, 'bar')} of ${formatCount(rows)} have no valid action, so no figure is made.`
    return success(undefinedScores(metrics, notes, [warning]))
  }
  const summary = actionSummary(settings.actions, [whole.actions])
  return success({
    metrics: figures(metrics, whole.result),
    perClass: null,
    details: { policy: detailsOf(whole, market, settings, summary) },
    windows: tests.length === 0 ? null : tests.map((test) => windowScores(metrics, test)),
    notes,
    warnings: warningsOf(whole, tests, summary),
  })
}

function misfit(): Outcome<never> {
  return failed('internal', 'Actions and windows do not belong together.', 'Compare again.')
}

function trade(
  market: ReplayMarket,
  windows: readonly PolicyWindow[],
  data: Actions,
  settings: PolicySettings,
): TradedWindow[] {
  let row = 0
  const given = windows.map(({ start, end }) => {
    const from = row
    row += end - start
    // Nothing is decided at the last bar.
    return data.subarray(from, row - 1)
  })
  const results = backtest(market, windows, given, settings)
  return windows.flatMap((window, index) => {
    const [actions, result] = [given[index], results[index]]
    if (actions === undefined || result === undefined) return []
    return [{ window, actions: actions.subarray(0, decisions(result, actions.length)), result }]
  })
}

/** After ruin, at the first mark of zero, nothing counts. */
function decisions({ equity, isRuined }: PolicyResult, most: number): number {
  return isRuined ? Math.min(most, equity.indexOf(0)) : most
}

function countBadActions(windows: readonly TradedWindow[], { actions }: PolicySettings): number {
  const isAction = isContinuous(actions)
    ? (action: number) => Number.isFinite(action)
    : (action: number) => Number.isInteger(action) && action >= 0 && action < actions.length
  let count = 0
  for (const window of windows) {
    for (const action of window.actions) if (!isAction(action)) count += 1
  }
  return count
}

function figures(metrics: readonly PolicyMetric[], result: PolicyResult): ModelScores['metrics'] {
  return Object.fromEntries(metrics.map(({ id, compute }) => [id, compute(result)]))
}

function windowScores(
  metrics: readonly PolicyMetric[],
  { window, result }: TradedWindow,
): WindowScores {
  const { index, start, end, isPartial } = window
  const [startTime, endTime] = [timeAt(result, 0), timeAt(result, end - start - 1)]
  const partial = isPartial
  return { index, start, end, startTime, endTime, partial, metrics: figures(metrics, result) }
}

function withTimes(trade: Trade, result: PolicyResult): TimedTrade {
  const { entryIndex, exitIndex } = trade
  return {
    ...trade,
    entryTime: timeAt(result, entryIndex),
    exitTime: timeAt(result, exitIndex),
  }
}

/** Of a bar counted from the start of the window. */
function timeAt({ times }: PolicyResult, bar: number): string | null {
  const time = times?.[bar]
  return time === undefined ? null : isoTime(time)
}

function detailsOf(
  { window, actions, result }: TradedWindow,
  market: ReplayMarket,
  settings: PolicySettings,
  summary: ActionSummary,
): PolicyDetails {
  const [held] = buyAndHold(market, [window], settings)
  const cost = costCurve(market, window, actions, settings, settings.accountFeatures)
  return {
    equity: equityCurve(result.equity, window.start, result.times),
    buyAndHold: equityCurve(held?.equity ?? new Float64Array(), window.start, result.times),
    trades: result.trades.slice(0, MOST_TRADES).map((trade) => withTimes(trade, result)),
    tradeCount: result.trades.length,
    actions: summary.counts,
    cost: cost.curve,
    costReason: cost.reason,
    isRuined: result.isRuined,
  }
}

function warningsOf(
  { window, result, actions }: TradedWindow,
  tests: readonly TradedWindow[],
  { warning }: ActionSummary,
): readonly string[] {
  const ruined = tests.filter((test) => test.result.isRuined).length
  return [
    ...(result.isRuined
      ? [
          `It was ruined at row ${formatCount(window.start + actions.length + 1)}${ruinTime(result)}: equity is 0 from there on.`,
        ]
      : []),
    ...(ruined > 0
      ? [`It was ruined in ${formatCount(ruined)} of ${formatQuantity(tests.length, 'window')}.`]
      : []),
    ...(warning === null ? [] : [warning]),
  ]
}

function ruinTime(result: PolicyResult): string {
  const time = timeAt(result, result.equity.indexOf(0))
  return time === null ? '' : ` (${time})`
}
