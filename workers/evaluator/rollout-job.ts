import type * as Ort from 'onnxruntime-web'
import type { PieceRequest } from '../../src/contract/evaluator'
import type { PolicyWindow } from '../../src/core/policy'
import type { RolloutBinding } from '../../src/core/task'
import type { Market } from '../../src/tasks/policy/market'
import type { BatchSize } from './batch-size'
import type { PolicySession } from './policy-session'
import type { RolloutStream } from './rollout-stream'
import type { Runtime } from './runtime'

export interface RolloutJob {
  readonly rollout: RolloutBinding
  readonly runtime: Runtime
  readonly session: Ort.InferenceSession
  readonly batchSize: BatchSize
  readonly piece: PieceRequest
  readonly stream: RolloutStream
}

/** One way through a window. */
export interface Lead {
  readonly window: PolicyWindow
  /** Where its bars begin among the rows of the piece. */
  readonly place: number
  /** The state is set to zero before every bar. */
  readonly isForgetful: boolean
}

/** What all ways through a piece share. */
export interface Walk {
  readonly market: Market
  readonly policy: PolicySession
  readonly put: (lead: Lead, actions: Float64Array) => void
}

/** Bars of all windows together in one run: enough to forget the call. */
export const MOST_BARS_A_RUN = 2048

/** Progress counts bars that are answered: what is run beside a policy takes time alone. */
export function answeredRows(leads: readonly Lead[], rows: number): number {
  const own = leads.filter(({ isForgetful }) => !isForgetful).length
  return leads.length === 0 ? 0 : (rows / leads.length) * own
}
