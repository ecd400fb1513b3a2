import type { ActionMeaning } from '../../core/policy'

/** Every meaning of an action; its index is the code that {@link AccountBatch} switches on. */
export const ACTION_MEANINGS = [
  'hold',
  'buy',
  'sell',
  'close',
  'flat',
  'long',
  'short',
  'target',
] as const satisfies readonly ActionMeaning[]

export const HOLD = 0
export const BUY = 1
export const SELL = 2
export const CLOSE = 3
export const FLAT = 4
export const LONG = 5
export const SHORT = 6

/** Code of each action, or null where the action is a continuous target. */
export function actionCodes(actions: readonly ActionMeaning[]): Uint8Array | null {
  if (isContinuous(actions)) return null
  return Uint8Array.from(actions, (meaning) => ACTION_MEANINGS.indexOf(meaning))
}

/** Whether an action is a number from −1 to 1 instead of a choice. */
export function isContinuous(actions: readonly ActionMeaning[]): boolean {
  return actions[0] === 'target'
}
