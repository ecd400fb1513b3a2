import type { ActionMeaning } from '../../core/policy'
import { isContinuous } from './action-codes'
import type { ActionSequence } from './backtest'

export interface ActionSummary {
  /** How often each action was chosen, by index; of a continuous one, by side. */
  readonly counts: readonly { readonly action: string; readonly count: number }[]
  /** One sentence where a policy always does the same; else null. */
  readonly warning: string | null
}

/** Counts the actions of one or more windows. */
export function actionSummary(
  actions: readonly ActionMeaning[],
  sequences: readonly ActionSequence[],
): ActionSummary {
  const names = isContinuous(actions) ? ['short', 'flat', 'long'] : actions
  const slot = isContinuous(actions)
    ? (action: number) => Math.sign(action) + 1
    : (action: number) => action
  const counts = names.map(() => 0)
  let first: number | null = null
  let isConstant = true
  for (const sequence of sequences) {
    for (const action of sequence) {
      first ??= action
      isConstant &&= action === first
      counts[slot(action)] = (counts[slot(action)] ?? 0) + 1
    }
  }
  return {
    counts: names.map((action, index) => ({ action, count: counts[index] ?? 0 })),
    warning: first === null || !isConstant ? null : constantWarning(actions, first),
  }
}

function constantWarning(actions: readonly ActionMeaning[], action: number): string {
  const what = isContinuous(actions)
    ? `answers with the target ${String(Math.round(action * 1000) / 1000)}`
    : `chooses ${actions[action] ?? 'the same action'}`
  return `This policy ${what} at every bar: it may be read wrongly, or have learned nothing.`
}
