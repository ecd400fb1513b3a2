import type { Trade } from '../core/policy'
import { compensatedSum } from './compensated-sum'

/** What winning trades earned and what all others lost, both as positive sums of money. */
export function tradeGains(trades: readonly Trade[]): { gains: number; losses: number } {
  const pnl = (index: number) => trades[index]?.pnl ?? 0
  return {
    gains: compensatedSum(trades.length, (index) => Math.max(pnl(index), 0)),
    losses: compensatedSum(trades.length, (index) => Math.max(-pnl(index), 0)),
  }
}
