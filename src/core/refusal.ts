import type { CapBreach } from './caps'
import { quoted } from './display-text'
import { atCap, errorText, failed, type FailureCode, type Outcome } from './failure'

/**
 * Why a parser stops. Thrown deep inside a parser, where a failure value would have to be handed
 * up through every byte that is read, and turned into one by {@link settle} at the parser's edge.
 */
export class Refusal extends Error {
  constructor(
    readonly code: FailureCode,
    /** Completes a sentence that begins with the file's name. */
    readonly finding: string,
    /** A whole sentence. */
    readonly advice: string,
    /** The limit that was met, where a user can raise it. */
    readonly cap: CapBreach | null = null,
  ) {
    super(finding)
  }
}

/** Runs a parser over the file called `fileName`: its {@link Refusal} comes back as a failure. */
export async function settle<T>(
  fileName: string,
  parse: () => T | Promise<T>,
): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await parse() }
  } catch (error) {
    return refusalOutcome(fileName, error)
  }
}

function refusalOutcome(fileName: string, error: unknown): Outcome<never> {
  const file = quoted(fileName)
  if (error instanceof Refusal) {
    const outcome = failed(error.code, `${file} ${error.finding}.`, error.advice)
    return error.cap === null ? outcome : atCap(outcome.failure, error.cap)
  }
  if (error instanceof RangeError) {
    return failed(
      'out-of-memory',
      `${file} needs more memory than there is.`,
      'Close other tabs or programs, then add it again.',
      errorText(error),
    )
  }
  if (error instanceof DOMException) {
    return failed(
      'file-unreadable',
      `${file} could not be read.`,
      'Check that the file still exists and that it has not changed, then add it again.',
      errorText(error),
    )
  }
  throw error
}
