import { failed, type Failure } from '../core/failure'

/** What should not happen, as a failure of whatever it happened to. */
export function bug(detail: string): Failure {
  const message = 'The run ended in a way that it should not.'
  return failed('internal', message, 'Please report this with the run log.', detail).failure
}
