import type { Dataset } from '../../core/dataset'
import { describeStrays } from '../../core/checkpoint-sets'
import { quoted } from '../../core/display-text'
import { isEveryRow } from '../../core/row-choice'
import { failed, success, type Outcome } from '../../core/failure'
import type { ModelInfo, PolicyInfo } from '../../core/model'
import type { PolicySettings, PolicyWindow } from '../../core/policy'
import type { ModelBinding, Targets } from '../../core/task'
import { policyMetricsOf } from '../../metrics/policy-metrics'
import { metricInfo } from '../metric-info'
import type { MarketRequest, PreparedTask, TaskRequest } from '../prepared-task'
import type { Market } from './market'
import { marketBlocks, marketLayouts, OBSERVATION_LAYOUT, PRICE_LAYOUT } from './market-tables'
import { fitCheckpoints, type FittedPolicy } from './fit-checkpoints'
import { choosePath } from './policy-path'
import { fitPolicy, sharedPolicySettings, type SharedPolicySettings } from './policy-settings'
import { readMarket } from './read-market'
import { splitWindows } from './split-windows'
import { windowPieces } from './window-pieces'

const LOOK_AHEAD =
  'Observations are taken as the data has them: a column that was computed from later bars would make a policy look better than it is, and cannot be detected.'
const FLOAT_BYTES = 4

/** Everything that the policies of a comparison share. */
interface Stage {
  readonly request: MarketRequest
  readonly market: Market
  readonly shared: SharedPolicySettings
  /** The whole range, then walk-forward windows. */
  readonly windows: readonly PolicyWindow[]
}

/** Fits policies to a market table. No row is dropped; a policy that does not fit fails alone. */
export function preparePolicies(
  dataset: Dataset,
  { models, policy: request, rows }: TaskRequest,
): Outcome<PreparedTask> {
  if (request === undefined) {
    return failed(
      'setting-invalid',
      'A policy trades in a market, and no column is chosen as the close of its bars.',
      'Choose the column of closes.',
    )
  }
  if (rows !== undefined && !isEveryRow(rows)) return withGaps()
  const read = readMarket(dataset, request.market)
  if (!read.ok) return read
  const { market, warnings } = read.value
  const shared = sharedPolicySettings(request.settings, market)
  if (!shared.ok) return shared
  const split = splitWindows(market.rows, request.windows)
  if (!split.ok) return split
  const windows = [split.value.whole, ...split.value.windows]
  const stage = { request, market, shared: shared.value, windows }
  const fits = models.map((model) => [model.id, fit(model, stage)] as const)
  const fitted = fits.flatMap(([id, outcome]) => (outcome.ok ? [[id, outcome.value] as const] : []))
  return success({
    rows: windows.reduce((rows, { start, end }) => rows + end - start, 0),
    ...{ droppedRows: 0, droppedBy: [], chosen: null, index: null },
    targets: targetsOf(
      stage,
      fitted.map(([id, { settings }]) => [id, settings]),
      models,
    ),
    labels: null,
    layouts: marketLayouts(request.market),
    bindings: Object.fromEntries(
      fits.map(([id, outcome]) => [id, outcome.ok ? success(outcome.value.binding) : outcome]),
    ),
    warnings: [...warnings, ...describeStrays(models), LOOK_AHEAD],
    timeColumn: request.market.time,
    pieces: windowPieces(windows, isLedOneByOne(fitted.map(([, policy]) => policy))),
    policy: {
      market: request.market,
      bars: market.rows,
      windows,
      shared: shared.value,
      metrics: policyMetricsOf(shared.value.convention).map(metricInfo),
      fits: Object.fromEntries(
        fitted.map(([id, { settings, path }]) => [
          id,
          {
            actions: settings.actions,
            accountFeatures: settings.accountFeatures,
            path: path.reason,
          },
        ]),
      ),
    },
    block: marketBlocks(market),
  })
}

function withGaps(): Outcome<never> {
  return failed(
    'setting-invalid',
    'Policies trade bar after bar, without gaps: a market takes no filter and no sample of rows.',
    'Remove the filter and the sample. To trade a part of the time, cut the file.',
  )
}

/** Where no policy runs windows side by side, smaller pieces lose less with a worker. */
function isLedOneByOne(policies: readonly FittedPolicy[]): boolean {
  const isOne = ({ path, binding }: FittedPolicy) =>
    path.path === 'single-steps' || binding.checkpoints !== undefined
  return policies.length > 0 && policies.every(isOne)
}

function targetsOf(
  { market, windows }: Stage,
  settings: readonly (readonly [id: string, settings: PolicySettings])[],
  models: readonly ModelInfo[],
): Targets {
  const { rows: bars, times, open, close, spread } = market
  return {
    kind: 'policy',
    bars,
    times,
    open,
    close,
    spread,
    windows,
    settings: Object.fromEntries(settings),
    checkpoints: Object.fromEntries(
      models.flatMap(({ id, checkpoints }) =>
        checkpoints === undefined ? [] : [[id, checkpoints.map(({ name }) => name)]],
      ),
    ),
  }
}

function fit(model: ModelInfo, stage: Stage): Outcome<FittedPolicy> {
  if (model.checkpoints === undefined) return fitOne(model, stage)
  const shared = { ...stage.shared, stateReset: false }
  return fitCheckpoints(model, stage.windows, (checkpoint) =>
    fitOne(checkpoint, { ...stage, shared }),
  )
}

function fitOne(model: ModelInfo, stage: Stage): Outcome<FittedPolicy> {
  const { request, market, shared, windows } = stage
  const name = quoted(model.name)
  const policy = model.policy
  if (policy === null) {
    return failed(
      'model-unsupported',
      `${name} is no policy: no observation, action and states are found among its inputs and outputs.`,
      'Name its input obs and its output logits or action, and each state as in h_in and h_out.',
    )
  }
  const actionCount = countActions(name, policy, request)
  if (!actionCount.ok) return actionCount
  const shape = { observationWidth: policy.observationWidth, actionCount: actionCount.value }
  const fitted = fitPolicy(name, shape, market.observationWidth, request.settings)
  if (!fitted.ok) return fitted
  const settings = { ...shared, ...fitted.value }
  const hasStateReset = settings.stateReset && policy.states.length > 0
  const path = choosePath(
    {
      readsAccount: settings.accountFeatures.length > 0,
      isRecurrent: policy.states.length > 0,
      hasStateReset,
      hasTimeAxis: policy.axes !== 'batch' && policy.answersEveryBar,
      hasFreeBatch: policy.hasFreeBatch,
    },
    windows.length - 1,
  )
  const binding: ModelBinding = {
    inputs: [],
    output: { kind: 'action', output: policy.answer, width: hasStateReset ? 2 : 1 },
    fixedBatch: policy.hasFreeBatch ? null : 1,
    rowBytes: FLOAT_BYTES * (policy.observationWidth + (actionCount.value ?? 1)),
    rollout: {
      policy: { ...policy, actionCount: actionCount.value },
      settings,
      windows,
      path: path.path,
      observationLayout: OBSERVATION_LAYOUT,
      observationColumns: market.observationWidth,
      priceLayout: PRICE_LAYOUT,
    },
  }
  return success({ settings, path, binding })
}

/** Null for a continuous action. A graph that answers with an index does not say how many there are. */
function countActions(
  name: string,
  { answerKind, actionCount }: PolicyInfo,
  { settings }: MarketRequest,
): Outcome<number | null> {
  if (answerKind !== 'index') return success(actionCount)
  const { actions } = settings
  if (actions !== undefined && actions[0] !== 'target') return success(actions.length)
  return failed(
    'output-shape',
    `${name} answers with the number of an action, and does not say how many there are.`,
    'Set the meaning of each action, for example actions=hold|buy|sell|close.',
  )
}
