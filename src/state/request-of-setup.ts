import { failed, success, type Outcome } from '../core/failure'
import type { RunRequest } from '../engine/run-request'
import type { FileShelf } from './file-shelf.svelte'
import { externalById, filesById } from './model-entry'
import type { SetupState } from './setup-state.svelte'

/** What is set up, as a run takes it; why it cannot run as it stands. */
export function requestOfSetup(
  setup: SetupState,
  shelf: FileShelf,
  machinery: Pick<RunRequest, 'reader' | 'gpu' | 'journal' | 'useKept'>,
): Outcome<RunRequest> {
  const { blocker, kind, metric, dataset, prepared, plan, roles } = setup
  if (blocker !== null) return { ok: false, failure: blocker }
  if (kind === null || metric === null || dataset === null || prepared === null || plan === null) {
    return failed('internal', 'The setup is incomplete.', 'Load the page again.')
  }
  return success({
    ...machinery,
    ...{ kind, metric, dataset, plan, roles },
    comparison: {
      metrics: setup.metrics,
      baselineId: setup.baseline?.id ?? null,
      seed: setup.settings.seed,
    },
    models: setup.models,
    files: filesById(shelf.models),
    external: externalById(shelf.models),
    preparation: prepared,
  })
}
