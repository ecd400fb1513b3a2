import type { PolicyResult } from '../core/policy'

/** Closed trades; every position is closed by the end of its window. Cost: O(1). */
export function tradeCount({ trades }: Pick<PolicyResult, 'trades'>): number {
  return trades.length
}
