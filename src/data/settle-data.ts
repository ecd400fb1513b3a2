import type { Outcome } from '../core/failure'
import { settle } from '../core/refusal'

/** {@link settle} for files of data: what is damaged is data, also where an archive is. */
export async function settleData<T>(
  fileName: string,
  parse: () => T | Promise<T>,
): Promise<Outcome<T>> {
  const outcome = await settle(fileName, parse)
  if (outcome.ok || outcome.failure.code !== 'model-corrupt') return outcome
  return { ok: false, failure: { ...outcome.failure, code: 'data-malformed' } }
}
