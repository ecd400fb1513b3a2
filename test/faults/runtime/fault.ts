import type { Backend } from '../../../src/core/evaluation'

/** What happens instead of, or together with, one call of the runtime. */
export type Fault =
  | { readonly kind: 'hang' }
  /** The worker never comes back from the call: nothing in it runs any more. */
  | { readonly kind: 'spin' }
  | { readonly kind: 'reject'; readonly text: string }
  /** An error that no call carries, and a call that never settles. */
  | { readonly kind: 'throw-outside'; readonly text: string }
  | { readonly kind: 'slow'; readonly ms: number }
  /** Silently wrong: added to the first number of each answer. */
  | { readonly kind: 'add'; readonly amount: number }
  | { readonly kind: 'bad-alloc'; readonly overRows: number }
  | { readonly kind: 'lose-device'; readonly when: 'before' | 'during' | 'after' }

/** One call at the boundary to the runtime. */
export interface RuntimeCall {
  readonly verb: 'create' | 'run'
  /** SHA-256 of the model file, lower-case hex. */
  readonly sha256: string
  readonly backend: Backend
  /** Threads that the runtime was set to. */
  readonly threads: number
  /** Rows of the batch; 0 for `create`. */
  readonly rows: number
  /** One name per worker. */
  readonly worker: string
}

export const FAULT_CHANNEL = 'bakeoff fault plan'

export type FaultMessage =
  | { readonly type: 'ask'; readonly id: string; readonly call: RuntimeCall }
  | { readonly type: 'answer'; readonly id: string; readonly fault: Fault | null }
  | {
      readonly type: 'settled'
      readonly call: RuntimeCall
      readonly isAnswered: boolean
      /** `Date.now()` at both ends, comparable between workers. */
      readonly startedAt: number
      readonly endedAt: number
    }
