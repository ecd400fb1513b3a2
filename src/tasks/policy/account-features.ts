import type { PolicySettings } from '../../core/policy'
import type { AccountBatch } from './account-batch'

/**
 * Writes, from `at` on, what an observation shows of the account of window `w` at its bar `t`, as
 * float32: of a later bar than the account has come to, what it will show there if no order changes it
 * before.
 */
export type WriteAccount = (w: number, t: number, target: Float32Array, at: number) => void

export function accountFeatureWriter(
  accounts: AccountBatch,
  { accountFeatures, positionEncoding }: PolicySettings,
): WriteAccount {
  return (w, t, target, at) => {
    for (let i = 0; i < accountFeatures.length; i += 1) {
      target[at + i] =
        accountFeatures[i] === 'unrealized'
          ? accounts.unrealized(w, t)
          : encode(accounts.side(w), positionEncoding)
    }
  }
}

function encode(side: number, encoding: PolicySettings['positionEncoding']): number {
  return encoding === 'code' && side < 0 ? 2 : side
}
