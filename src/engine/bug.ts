import { failed, type Failure } from '../core/failure'

/** The end of a run for which no rule of the engine stands. */
export function bug(detail: string): Failure {
  const message = 'The run ended in a way that it should not.'
  return failed('internal', message, 'Please report this with the run log.', detail).failure
}
