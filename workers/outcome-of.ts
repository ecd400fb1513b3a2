import { LostValues } from '../src/data/room/scratch'
import { errorText, failed, type Outcome } from '../src/core/failure'

/**
 * Runs a verb of a worker so that whatever it throws comes back as a value: Comlink keeps neither
 * class nor fields of an error.
 * @param what the verb in words, as the start of a sentence
 */
export async function outcomeOf<T>(
  what: string,
  run: () => Outcome<T> | Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await run()
  } catch (error) {
    // The browser's words differ; a RangeError is what every one throws when memory runs out.
    if (error instanceof RangeError && /alloc|array (buffer|length)|memory/i.test(error.message)) {
      return failed(
        'out-of-memory',
        `${what} needs more memory than this tab has.`,
        'Use fewer rows or columns, or close other tabs, and compare again.',
        errorText(error),
      )
    }
    if (error instanceof LostValues) {
      return failed(
        'worker-failed',
        'The data on disk is gone: the browser has deleted what this page had put aside.',
        'Add the data file again.',
        errorText(error),
      )
    }
    return failed(
      'internal',
      `${what} failed because of a fault in Bakeoff.`,
      'Reload the page and try again.',
      errorText(error),
    )
  }
}
