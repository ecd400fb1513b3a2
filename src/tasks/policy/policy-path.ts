import type { PolicyPath } from '../../core/task'

/** What a policy's graph says of how it may be run. */
export interface PolicyTraits {
  /** Account features are part of its observation. */
  readonly readsAccount: boolean
  /** It carries a state from bar to bar. */
  readonly isRecurrent: boolean
  /** Its graph takes many bars in one run, along a time axis of its own, and answers each of them. */
  readonly hasTimeAxis: boolean
  /** Its batch axis is free. */
  readonly hasFreeBatch: boolean
  /** It is also run with its state reset at every bar, beside itself. */
  readonly hasStateReset: boolean
}

export interface PathChoice {
  readonly path: PolicyPath
  /** One sentence, for the plan and the report. */
  readonly reason: string
}

/**
 * Chooses the fastest way that cannot change an action. A bar that needs what the bar before it did,
 * through the account or through a state, can never share a batch with it.
 */
export function choosePath(
  { readsAccount, isRecurrent, hasTimeAxis, hasFreeBatch, hasStateReset }: PolicyTraits,
  windows: number,
): PathChoice {
  if (!readsAccount && !isRecurrent) {
    return hasFreeBatch
      ? path(
          'rows',
          'It keeps no state and reads no account, so all bars are answered in one pass.',
        )
      : path('single-steps', 'Its graph takes one row, so bars are answered one by one.')
  }
  if (!readsAccount && hasTimeAxis) {
    return path('sequence', 'It reads no account, so each window is one run along its time axis.')
  }
  if (readsAccount && hasFreeBatch && (hasTimeAxis || !isRecurrent)) {
    const how = windows > 1 ? 'windows run side by side, and ' : ''
    return path(
      'ahead',
      `It reads its account: ${how}bars are run ahead as if no order came, and again from the bar after one.`,
    )
  }
  const why = readsAccount
    ? 'It reads its account, so each bar needs the one before'
    : 'It carries a state that its graph moves by one bar at a time'
  if (windows > 1 && hasFreeBatch) return path('steps', `${why}; windows run side by side.`)
  if (readsAccount && hasStateReset && hasFreeBatch) return path('steps', `${why}.`)
  return path('single-steps', windows > 1 ? `${why}; windows run one after another.` : `${why}.`)
}

function path(name: PolicyPath, reason: string): PathChoice {
  return { path: name, reason }
}
