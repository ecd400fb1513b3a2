import type { MetricValue } from '../../core/metric'
import type { AccountFeature, PolicyWindow } from '../../core/policy'
import { totalReturn } from '../../metrics/total-return'
import { backtest, type ActionSequence, type ReplayMarket, type ReplaySettings } from './backtest'

/** Fees of the curve, as shares of the notional: 0 to 50 basis points. */
export const CURVE_FEES: readonly number[] = [
  0, 0.00002, 0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005,
]
/** A fee is found to a hundred-millionth of the notional. */
const FEE_STEP = 1e-8
const LARGEST_FEE = 1

export interface CostCurve {
  /** Rising; the fee that was set is among them. */
  readonly fees: readonly number[]
  /** Total return at each fee, all else equal, the spread too. */
  readonly totalReturns: readonly MetricValue[]
  /** Fee at which the total return is zero; null where it is below zero without any fee, or never. */
  readonly breakEvenFee: number | null
}

export type CostCurveOutcome =
  | { readonly curve: CostCurve; readonly reason: null }
  /** Why there is no curve, as one sentence. */
  | { readonly curve: null; readonly reason: string }

/**
 * Return against cost: the same actions traded again at other fees. None for a policy that reads its
 * unrealized profit, for at another fee it would have seen another one and may have acted otherwise,
 * and none where ruin has cut the actions short. Of several windows it is the return of one after another. Which side is held does not depend on the fee, so a
 * policy that reads its position alone has a curve.
 */
export function costCurve(
  market: ReplayMarket,
  traded: readonly { readonly window: PolicyWindow; readonly actions: ActionSequence }[],
  settings: ReplaySettings,
  accountFeatures: readonly AccountFeature[],
): CostCurveOutcome {
  if (accountFeatures.includes('unrealized')) {
    return {
      curve: null,
      reason: 'A policy that reads its unrealized profit could act otherwise at another fee.',
    }
  }
  if (traded.some(({ window, actions }) => actions.length < window.end - window.start - 1)) {
    return {
      curve: null,
      reason: 'This policy was ruined, so how it would have gone on is not known.',
    }
  }
  const returnAt = (fee: number): MetricValue => {
    const windows = traded.map(({ window }) => window)
    const actions = traded.map((one) => one.actions)
    const returns = backtest(market, windows, actions, { ...settings, fee }).map(totalReturn)
    return returns.reduce(
      (all, one) => (all === null || one === null ? null : (1 + all) * (1 + one) - 1),
      returns.length === 0 ? null : 0,
    )
  }
  const fees = [...new Set([...CURVE_FEES, settings.fee])].sort((a, b) => a - b)
  const totalReturns = fees.map(returnAt)
  const breakEvenFee = findBreakEven(returnAt)
  return { curve: { fees, totalReturns, breakEvenFee }, reason: null }
}

/** Every fill multiplies equity by less at a higher fee, so the return falls as the fee rises. */
function findBreakEven(returnAt: (fee: number) => MetricValue): number | null {
  const isLoss = (fee: number) => (returnAt(fee) ?? -1) < 0
  if (isLoss(0) || !isLoss(LARGEST_FEE)) return null
  let low = 0
  let high = LARGEST_FEE
  while (high - low > FEE_STEP) {
    const middle = (low + high) / 2
    if (isLoss(middle)) high = middle
    else low = middle
  }
  return (low + high) / 2
}
