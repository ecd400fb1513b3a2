import type { PolicyPreparation, PolicyRequest } from '../contract/reader'
import type { DatasetInfo, Roles } from '../core/dataset'
import { isQuantised } from '../core/is-quantised'
import type { ModelInfo } from '../core/model'
import type { ActionMeaning, MarketColumns, PolicySettings, WindowSettings } from '../core/policy'
import { inDataOrder, type SetupChoices } from './choices-within'

/** How one policy was fitted to the market. */
export type PolicyFit = PolicyPreparation['fits'][string]

/** A part of the market that one column plays, beside being observed or not. */
export type MarketPart = 'time' | 'open' | 'close' | 'spread'

export const MARKET_PARTS: readonly MarketPart[] = ['time', 'open', 'close', 'spread']

/** What the user has chosen over what is proposed; null where neither names a column of closes. */
export function resolveMarket(
  proposed: MarketColumns | null,
  chosen: Partial<MarketColumns> = {},
): MarketColumns | null {
  const close = chosen.close ?? proposed?.close
  if (close === undefined) return null
  const nothing = { time: null, open: null, spread: null, observations: [] }
  return { ...nothing, ...proposed, ...chosen, close }
}

export function policyRequest(market: MarketColumns, choices: SetupChoices): PolicyRequest {
  return { market, settings: choices.policy ?? {}, windows: choices.windows ?? null }
}

/** The observations are what a policy reads; there are no true answers. */
export function policyRoles(market: MarketColumns): Roles {
  return { target: null, features: market.observations }
}

/** Why a model is faster on WASM than on a GPU; null where it may not be. */
export function preferWasm(model: ModelInfo): string | null {
  if (model.policy !== null) {
    return 'A policy is run bar by bar; WASM is faster for so little work at a time.'
  }
  return isQuantised(model)
    ? 'It is quantised: its rounding runs on the CPU also under WebGPU, with a copy before and after.'
    : null
}

/** Which part a column plays; null where none. */
export function partOf(market: MarketColumns, column: string): MarketPart | null {
  return MARKET_PARTS.find((part) => market[part] === column) ?? null
}

/**
 * Gives a column a part, or none. A part is played by one column; the closes cannot be left without
 * one, so taking the part from that column changes nothing.
 */
export function withPart(
  market: MarketColumns,
  column: string,
  part: MarketPart | null,
): MarketColumns {
  const played = partOf(market, column)
  if (played === part || played === 'close') return market
  const freed = played === null ? market : { ...market, [played]: null }
  return part === null ? freed : { ...freed, [part]: column }
}

/** Adds a column to the observations where the file has it, or takes it out. */
export function withObserved(
  market: MarketColumns,
  column: string,
  isObserved: boolean,
  dataset: DatasetInfo,
): MarketColumns {
  const others = market.observations.filter((name) => name !== column)
  const observations = isObserved ? inDataOrder([...others, column], dataset) : others
  return { ...market, observations }
}

/** Settings as far as they hold for all policies; where nothing is prepared, what is chosen. */
export function shownSettings(
  prepared: PolicyPreparation | null,
  chosen: Partial<PolicySettings> = {},
): PolicyPreparation['shared'] {
  if (prepared !== null) return prepared.shared
  return {
    fill: 'close',
    fee: 0,
    size: 1,
    initialBalance: 10_000,
    positionEncoding: 'sign',
    periodsPerYear: 252,
    warmup: 0,
    stateReset: true,
    convention: 'bakeoff',
    ...chosen,
  }
}

/** Sets one setting, or leaves it to Bakeoff again. */
export function withSetting<Key extends keyof PolicySettings>(
  chosen: Partial<PolicySettings> = {},
  key: Key,
  value: PolicySettings[Key] | null,
): Partial<PolicySettings> {
  const others = Object.fromEntries(Object.entries(chosen).filter(([name]) => name !== key))
  return value === null ? others : { ...others, [key]: value }
}

/** Windows to begin with: the last third of the table in about `count` of equal size. */
export function proposedWindows(bars: number, count = 4): WindowSettings {
  const initial = Math.floor((bars * 2) / 3)
  return { initial, step: Math.max(2, Math.ceil((bars - initial) / count)) }
}

export interface ActionGroup {
  readonly meanings: readonly ActionMeaning[]
  readonly names: readonly string[]
  /** Whether the policies themselves say how many actions they have. */
  readonly isCounted: boolean
}

/**
 * Policies with the same number of discrete actions share their meanings. Where none are known, as many
 * as are chosen, or else four, stand open as `hold`.
 */
export function actionGroups(
  models: readonly ModelInfo[],
  fits: PolicyPreparation['fits'],
  chosen: readonly ActionMeaning[] | undefined,
): readonly ActionGroup[] {
  const groups = new Map<number, ActionGroup>()
  for (const { id, name, policy } of models) {
    if (policy === null || policy.answerKind === 'target') continue
    const count = policy.actionCount ?? chosen?.length ?? USUAL_COUNT
    const known = fits[id]?.actions ?? (chosen?.length === count ? chosen : null)
    const group = groups.get(count)
    groups.set(count, {
      meanings: group?.meanings ?? known ?? Array.from({ length: count }, () => 'hold' as const),
      names: [...(group?.names ?? []), name],
      isCounted: (group?.isCounted ?? true) && policy.actionCount !== null,
    })
  }
  return [...groups.values()]
}

const USUAL_COUNT = 4
