import { errorText } from '../../core/failure'
import { Refusal } from '../../core/refusal'

const ADVICE = 'Copy the file again, or save the table once more with the program that made it.'

/** What is wrong in a binary table, to complete a sentence that begins with the file's name. */
export function corruptTable(finding: string): Refusal {
  return new Refusal('data-malformed', finding, ADVICE)
}

/**
 * Runs a step over bytes that somebody else wrote. A decoder that reads past their end throws a
 * `RangeError` as the allocator does; only the latter is about memory.
 */
export function decodeStep<T>(what: string, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw asRefusal(what, error)
  }
}

/** {@link decodeStep} for a whole file: what its steps let through. */
export async function decodeFile<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw asRefusal('it', error)
  }
}

function asRefusal(what: string, error: unknown): unknown {
  if (error instanceof Refusal || error instanceof DOMException) return error
  if (error instanceof RangeError && /allocation failed/i.test(error.message)) return error
  return corruptTable(`is damaged: ${what} cannot be decoded (${errorText(error)})`)
}
