import type { Failure } from '../core/failure'
import type { ModelRecord } from './model-record'
import type { RunModels } from './run-models'
import type { RunRequest } from './run-request'

type GatedRequest = Pick<RunRequest, 'handedOut'> & {
  readonly preparation: Pick<RunRequest['preparation'], 'referenceId'>
}

/**
 * Models that are held against the answers of one of them are scored once that one is: until then they
 * wait here. Where nothing waits for a reference, as in a share, which is not scored, all pass.
 */
export class ReferenceGate {
  readonly #referenceId: string | null
  #isOpen: boolean
  #held: ModelRecord[] = []

  constructor(
    { preparation, handedOut }: GatedRequest,
    private readonly models: Pick<RunModels, 'info'>,
  ) {
    this.#referenceId = handedOut === undefined ? (preparation.referenceId ?? null) : null
    this.#isOpen = this.#referenceId === null
  }

  isReference({ modelId }: ModelRecord): boolean {
    return modelId === this.#referenceId
  }

  /** Those still to be answered, the reference first: others can then be scored as soon as they are. */
  open(records: readonly ModelRecord[]): readonly ModelRecord[] {
    const rank = (record: ModelRecord) => (this.isReference(record) ? 0 : 1)
    return records.filter(({ isOpen }) => isOpen).toSorted((one, other) => rank(one) - rank(other))
  }

  /** Whether a model that has answered has to wait; it is then among those of {@link release}. */
  hold(record: ModelRecord): boolean {
    if (this.#isOpen || this.isReference(record)) return false
    this.#held.push(record)
    return true
  }

  /** Those that can be scored now that a model is: all that waited for the reference. */
  release(scored: ModelRecord): readonly ModelRecord[] {
    if (!this.isReference(scored)) return []
    this.#isOpen = true
    const held = this.#held
    this.#held = []
    return held
  }

  /** Why the others fail where the reference has. */
  get failure(): Failure {
    const reference = this.models.info(this.#referenceId ?? '').fileName
    return {
      code: 'reference-failed',
      message: `There is nothing to compare it with: the baseline ${reference} failed.`,
      advice: `Choose another baseline, or see why ${reference} failed.`,
    }
  }
}
