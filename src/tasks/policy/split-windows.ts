import { failed, success, type Outcome } from '../../core/failure'
import { formatCount, formatQuantity } from '../../core/format'
import type { PolicyWindow, WindowSettings } from '../../core/policy'

/** More windows would be more than any table or picture shows. */
export const MOST_WINDOWS = 10_000

export interface WindowSplit {
  /** The rows that are evaluated, as one window: all, or those from `initial` on. */
  readonly whole: PolicyWindow
  /** Empty without walk-forward. */
  readonly windows: readonly PolicyWindow[]
}

/**
 * Cuts a table into the window of its whole range and, with settings, walk-forward windows: window i
 * covers rows `initial + i · step` up to `initial + (i + 1) · step`; a shorter last one is kept and
 * marked. The whole range then begins at `initial`, so that both cover the same rows.
 */
export function splitWindows(rows: number, settings: WindowSettings | null): Outcome<WindowSplit> {
  const start = settings?.initial ?? 0
  if (rows - start < 2) {
    return settings === null || rows < 2
      ? failed(
          'no-rows',
          `The data holds ${formatQuantity(rows, 'row')}, and a policy needs two to trade.`,
          'Give data with more rows.',
        )
      : failed(
          'setting-invalid',
          `Windows begin after ${formatCount(start)} rows, and the data holds ${formatCount(rows)}.`,
          `Set initial to ${formatCount(Math.max(0, rows - 2))} or less.`,
        )
  }
  const whole = { index: 0, start, end: rows, isPartial: false }
  if (settings === null) return success({ whole, windows: [] })
  const count = Math.ceil((rows - start) / settings.step)
  if (count > MOST_WINDOWS) {
    return failed(
      'setting-invalid',
      `A step of ${formatQuantity(settings.step, 'row')} makes ${formatCount(count)} windows; ${formatCount(MOST_WINDOWS)} is the most.`,
      `Set step to ${formatCount(Math.ceil((rows - start) / MOST_WINDOWS))} or more.`,
    )
  }
  const windows = Array.from({ length: count }, (_, index): PolicyWindow => {
    const from = start + index * settings.step
    const end = Math.min(rows, from + settings.step)
    return { index, start: from, end, isPartial: end - from < settings.step }
  })
  return success({ whole, windows })
}
