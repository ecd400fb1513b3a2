import { failed, type Failure } from '../core/failure'
import type { FileShelf } from './file-shelf.svelte'
import type { SetupState } from './setup-state.svelte'

/** Why the comparison cannot run as it stands; null where it can. */
export function setupBlocker(setup: SetupState, shelf: FileShelf): Failure | null {
  if (shelf.isReading) return say('Files are being read.', 'Wait a moment.')
  if (shelf.models.length === 0) return say('There is no model yet.', 'Drop a model.')
  if (setup.dataset === null) {
    return say('There is no data yet.', 'Drop a table, arrays or images.')
  }
  if (setup.preparation?.ok === false) return setup.preparation.failure
  if (setup.isSettling || setup.plan === null || setup.metric === null) {
    const first = setup.unfit[0]?.failure
    const isStuck = !setup.isSettling && first !== undefined && setup.fitModels.length === 0
    return isStuck ? first : say('The setup is being checked.', 'Wait a moment.')
  }
  const labels = setup.alikeLabels
  if (labels === null || labels.isAgreed) return null
  return say(
    labels.sentence,
    'Agree to that under Task (the command: --distinct-labels), or write them alike in the data.',
  )
}

function say(message: string, advice: string): Failure {
  return failed('setting-invalid', message, advice).failure
}
