import type { PolicyResult, PolicyWindow } from '../../core/policy'

/** Consecutive windows as one curve. */
export interface ChainedCurve {
  /** Row of the table of each mark. */
  readonly rows: Int32Array
  readonly equity: Float64Array
  /** Index of the first mark of each window. */
  readonly starts: readonly number[]
}

/**
 * Chains the curves of windows, each begun with what the one before it ended with: how the policies
 * would have done one after another, each on its own window. After ruin all that follows is 0. Nothing
 * is held from one window to the next, so the first mark of a window equals the last of the one before.
 */
export function chainWindows(
  windows: readonly PolicyWindow[],
  results: readonly Pick<PolicyResult, 'equity'>[],
): ChainedCurve {
  const total = results.reduce((sum, { equity }) => sum + equity.length, 0)
  const chained = { rows: new Int32Array(total), equity: new Float64Array(total) }
  const starts: number[] = []
  let at = 0
  let balance: number | null = null
  for (const [index, { equity }] of results.entries()) {
    const first = equity[0] ?? 1
    const scale = balance === null ? 1 : balance / first
    starts.push(at)
    for (let t = 0; t < equity.length; t += 1) {
      chained.rows[at + t] = (windows[index]?.start ?? 0) + t
      chained.equity[at + t] = (equity[t] as number) * scale
    }
    at += equity.length
    balance = chained.equity[at - 1] ?? balance
  }
  return { ...chained, starts }
}
