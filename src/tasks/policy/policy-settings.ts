import { failed, success, type Outcome } from '../../core/failure'
import { formatCount, formatList, formatQuantity } from '../../core/format'
import type { AccountFeature, ActionMeaning, PolicySettings } from '../../core/policy'
import type { Market } from './market'
import { periodsPerYear } from './periods-per-year'

/** Settings that every policy of a comparison shares. */
export type SharedPolicySettings = Omit<PolicySettings, 'actions' | 'accountFeatures'>

/** What a policy reads and answers, as its graph says. */
export interface PolicyShape {
  /** Numbers per observation. */
  readonly observationWidth: number
  /** Scores per answer; null where the answer is one continuous action. */
  readonly actionCount: number | null
}

/** How one policy reads the account and is understood. */
export type PolicyFit = Pick<PolicySettings, 'actions' | 'accountFeatures'>

/** What action i does where nothing else is said, by number of actions. */
const USUAL_ACTIONS: ReadonlyMap<number, readonly ActionMeaning[]> = new Map([
  [4, ['hold', 'buy', 'sell', 'close']],
  [3, ['flat', 'long', 'short']],
  [2, ['flat', 'long']],
])
const ACCOUNT_FEATURES: readonly AccountFeature[] = ['position', 'unrealized']

/**
 * Fills in what the user has not set. Fails where fills are asked for at the next open and no column
 * holds opens, or a warm-up is longer than the table.
 */
export function sharedPolicySettings(
  given: Partial<PolicySettings>,
  market: Pick<Market, 'rows' | 'times' | 'open'>,
): Outcome<SharedPolicySettings> {
  const fill = given.fill ?? (market.open === null ? 'close' : 'next-open')
  if (fill === 'next-open' && market.open === null) {
    return failed(
      'setting-invalid',
      'Fills at the next open need a column of opens, and none is mapped.',
      'Map the column of opens, or set fill to close.',
    )
  }
  const warmup = given.warmup ?? 0
  if (warmup > market.rows) {
    return failed(
      'setting-invalid',
      `The warm-up is ${formatQuantity(warmup, 'bar')}, and the data holds ${formatCount(market.rows)}.`,
      'Set a shorter warm-up.',
    )
  }
  return success({
    fill,
    fee: given.fee ?? 0,
    size: given.size ?? 1,
    initialBalance: given.initialBalance ?? 10_000,
    positionEncoding: given.positionEncoding ?? 'sign',
    periodsPerYear: given.periodsPerYear ?? periodsPerYear(market.times),
    warmup,
    stateReset: given.stateReset ?? true,
    convention: given.convention ?? 'bakeoff',
  })
}

/**
 * Fits one policy to the chosen observation columns. Actions that the user has set hold for the
 * policies that have as many; the others follow their number. Account features that the user has set
 * are appended where the observation has room for them; where none are set, the room decides.
 */
export function fitPolicy(
  name: string,
  shape: PolicyShape,
  observationColumns: number,
  given: Partial<PolicySettings>,
): Outcome<PolicyFit> {
  const actions = fitActions(name, shape.actionCount, given.actions)
  if (!actions.ok) return actions
  const features = fitFeatures(name, shape, observationColumns, given.accountFeatures)
  if (!features.ok) return features
  return success({ actions: actions.value, accountFeatures: features.value })
}

function fitActions(
  name: string,
  count: number | null,
  given: readonly ActionMeaning[] | undefined,
): Outcome<readonly ActionMeaning[]> {
  if (count === null) return success(['target'])
  if (given !== undefined && given.length === count && given[0] !== 'target') return success(given)
  const usual = USUAL_ACTIONS.get(count)
  if (usual !== undefined) return success(usual)
  return failed(
    'output-shape',
    `${name} chooses among ${formatQuantity(count, 'action')}, and ${given === undefined ? 'what each does is not known' : `${formatCount(given.length)} meanings are set`}.`,
    'Set the meaning of each action, for example actions=hold|buy|sell|close.',
  )
}

function fitFeatures(
  name: string,
  { observationWidth }: PolicyShape,
  columns: number,
  given: readonly AccountFeature[] | undefined,
): Outcome<readonly AccountFeature[]> {
  const room = observationWidth - columns
  if (room === 0) return success([])
  if (given !== undefined && given.length === room) return success(given)
  if (given === undefined && (room === 1 || room === 2)) {
    return success(ACCOUNT_FEATURES.slice(0, room))
  }
  const appended =
    given === undefined || given.length === 0 ? '' : ` and ${formatList(given)} of the account`
  return failed(
    'input-shape',
    `${name} reads ${formatQuantity(observationWidth, 'number')} per bar, and there ${columns === 1 ? 'is' : 'are'} ${formatQuantity(columns, 'observation column')}${appended}.`,
    room > 0
      ? `Choose ${formatCount(observationWidth)} observation columns, or ${formatCount(observationWidth - 2)} with position and unrealized of the account.`
      : `Choose ${formatCount(observationWidth)} observation columns, in the order of its training.`,
  )
}
