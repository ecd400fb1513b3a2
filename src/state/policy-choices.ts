import type { PolicyRequest } from '../contract/reader'
import type { DatasetInfo, Roles } from '../core/dataset'
import type { ModelInfo } from '../core/model'
import type { MarketColumns } from '../core/policy'
import { inDataOrder, type SetupChoices } from './choices-within'

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
  return model.policy === null
    ? null
    : 'A policy is run bar by bar; WASM is faster for so little work at a time.'
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
