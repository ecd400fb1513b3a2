import { failed, type Failure, type Outcome } from '../core/failure'

/** A run that ended in a way that it should not. */
export function faultOfRun(detail: string): Failure {
  const message = 'The run ended in a way that it should not.'
  return failed('internal', message, 'Please report this with the run log.', detail).failure
}

/** What the models' own figures are shown with where the run was stopped before they were compared. */
export function stoppedBeforeComparing(): Outcome<never> {
  return failed(
    'cancelled',
    'Stopped before the models were compared.',
    'Compare again when you are ready.',
  )
}
