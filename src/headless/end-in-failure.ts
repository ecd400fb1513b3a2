import type { Failure } from '../core/failure'
import { exitCode, type ExitCode } from './exit-code'
import type { Terminal } from './terminal'
import { writeOutput } from './write-output'

export const UNBUILT: Failure = {
  code: 'internal',
  message: 'The page could not be built.',
  advice: 'See what the build said on standard error.',
}

/**
 * Says why a command has no result: on standard error, and as `{ "error": { code, message, advice } }`
 * where a JSON document was asked for.
 */
export function endInFailure(failure: Failure, json: string | null, terminal: Terminal): ExitCode {
  terminal.fail(failure)
  if (json !== null) {
    const { code, message, advice } = failure
    const text = `${JSON.stringify({ error: { code, message, advice } }, null, 2)}\n`
    const written = writeOutput(json, text)
    if (!written.ok && written.failure.message !== failure.message) terminal.fail(written.failure)
  }
  return exitCode(failure.code)
}
