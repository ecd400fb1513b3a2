import type { PolicyWindow } from '../../core/policy'
import type { Market } from './market'

/**
 * Observations of rows `from` … `to − 1` as they are fed to a policy that reads no account: a view of
 * the market's own block, rows × columns.
 */
export function observationRows(
  { observations, observationWidth }: Market,
  from: number,
  to: number,
): Float32Array {
  return observations.subarray(from * observationWidth, to * observationWidth)
}

/**
 * The actions of each window, cut from actions that a policy without state and account gave to rows
 * `firstRow`, `firstRow + 1`, …: views, the last bar of a window left out.
 */
export function windowActions(
  rowActions: Float64Array,
  firstRow: number,
  windows: readonly PolicyWindow[],
): readonly Float64Array[] {
  return windows.map(({ start, end }) => rowActions.subarray(start - firstRow, end - 1 - firstRow))
}
