import type { Evidence, PolicyEvidence } from '../../comparison/evidence'
import { policyEvidence } from '../../comparison/policy-evidence'
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
import type { ReplayMarket } from './backtest'
import { buyAndHold } from './buy-and-hold'
import { costCurve } from './cost-curve'
import { describeTrading } from './describe-trading'
import { equityCurve } from './equity-curve'
import { policyFigures } from './policy-figures'
import { chainTraded } from './chain-traded'
import { compareStateReset } from './state-reset'
import { answersAt, tradeWindows, type TradedWindow } from './trade-windows'

/** Trades that a report holds; their count and their figures are those of all. */
const MOST_TRADES = 5000
const CHAINED =
  'Each window is traded by a checkpoint of its own; the whole range is these windows one after another, each begun with what the one before ended with.'

/**
 * Trades the actions of one policy again and makes its figures: those of the whole range, and of each
 * walk-forward window. Figures are withheld where an answer is no action.
 */
export function scorePolicy(
  { modelId, rows, output, data, targets }: AnsweredModel,
  keepEvidence: (evidence: Evidence) => void = () => undefined,
): Outcome<ModelScores> {
  if (targets.kind !== 'policy' || !ArrayBuffer.isView(data)) return misfit()
  const settings = new Map(Object.entries(targets.settings)).get(modelId)
  const bars = targets.windows.reduce((sum, { start, end }) => sum + end - start, 0)
  if (settings === undefined || bars !== rows) return misfit()
  if (data.length !== rows * output.width) return misfit()
  const market = { ...targets, rows: targets.bars }
  const trade = (windows: readonly PolicyWindow[], answer: number) =>
    tradeWindows(market, windows, answersAt(data, output.width, answer), settings)
  const [first, ...tests] = trade(targets.windows, 0)
  if (first === undefined) return misfit()
  const checkpoints = new Map(Object.entries(targets.checkpoints)).get(modelId) ?? null
  const whole = checkpoints === null ? first : chainTraded(first.window, tests)
  /** What was traded for the figures of the whole range. */
  const traded = checkpoints === null ? [whole] : tests
  const [forgetful] = output.width < 2 ? [] : trade(targets.windows.slice(0, 1), 1)
  const metrics = policyMetricsOf(settings.convention)
  const notes = [...describeTrading(settings, targets), ...(checkpoints === null ? [] : [CHAINED])]
  const bad = countBadActions([...new Set([...traded, ...tests, forgetful ?? []].flat())], settings)
  if (bad > 0) {
    const warning = `${formatQuantity(bad, 'bar')} of ${formatCount(rows)} have no valid action, so no figure is made.`
    return success(undefinedScores(metrics, notes, [warning]))
  }
  const summary = actionSummary(
    settings.actions,
    traded.map(({ actions }) => actions),
  )
  keepEvidence(evidenceOf(whole, tests, metrics))
  return success({
    metrics: policyFigures(metrics, whole.result),
    perClass: null,
    details: {
      policy: {
        ...detailsOf(whole, traded, market, settings),
        actions: summary.counts,
        stateReset:
          forgetful === undefined
            ? null
            : compareStateReset(whole, forgetful, metrics, settings.accountFeatures.length > 0),
      },
    },
    windows:
      tests.length === 0
        ? null
        : tests.map((test, index) => {
            const checkpoint = checkpoints?.[index]
            const scores = windowScores(metrics, test)
            return checkpoint === undefined ? scores : { ...scores, checkpoint }
          }),
    notes,
    warnings: warningsOf(whole, tests, summary),
  })
}

function evidenceOf(
  { result }: TradedWindow,
  tests: readonly TradedWindow[],
  metrics: readonly PolicyMetric[],
): PolicyEvidence {
  const windows = tests.map((test) => policyFigures(metrics, test.result))
  return policyEvidence(result, policyFigures(metrics, result), windows)
}

function misfit(): Outcome<never> {
  return failed('internal', 'Actions and windows do not belong together.', 'Compare again.')
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

function windowScores(
  metrics: readonly PolicyMetric[],
  { window, result }: TradedWindow,
): WindowScores {
  const { index, start, end, isPartial } = window
  const [startTime, endTime] = [timeAt(result, 0), timeAt(result, end - start - 1)]
  const partial = isPartial
  return { index, start, end, startTime, endTime, partial, metrics: policyFigures(metrics, result) }
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
  { window, result }: TradedWindow,
  traded: readonly TradedWindow[],
  market: ReplayMarket,
  settings: PolicySettings,
): Omit<PolicyDetails, 'stateReset' | 'actions'> {
  const [held] = buyAndHold(market, [window], settings)
  const cost = costCurve(market, traded, settings, settings.accountFeatures)
  return {
    equity: equityCurve(result.equity, window.start, result.times),
    buyAndHold: equityCurve(held?.equity ?? new Float64Array(), window.start, result.times),
    trades: result.trades.slice(0, MOST_TRADES).map((trade) => withTimes(trade, result)),
    tradeCount: result.trades.length,
    cost: cost.curve,
    costReason: cost.reason,
    isRuined: result.isRuined,
  }
}

function warningsOf(
  { window, result }: TradedWindow,
  tests: readonly TradedWindow[],
  { warning }: ActionSummary,
): readonly string[] {
  const ruined = tests.filter((test) => test.result.isRuined).length
  return [
    ...(result.isRuined
      ? [
          `It was ruined at row ${formatCount(window.start + result.equity.indexOf(0) + 1)}${ruinTime(result)}: equity is 0 from there on.`,
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
