import { failed, success, type Outcome } from '../core/failure'
import type { RunRequest } from '../engine/run-request'
import type { SetupState } from './setup-state.svelte'

/** What is set up as a run, or why there can be none. */
export function makeRequest(
  setup: SetupState,
  files: RunRequest['files'],
  means: Pick<RunRequest, 'reader' | 'gpu' | 'journal' | 'useKept'>,
): Outcome<RunRequest> {
  const { blocker, kind, metric, dataset, prepared, plan } = setup
  if (blocker !== null) return { ok: false, failure: blocker }
  if (kind === null || metric === null || dataset === null || prepared === null || plan === null) {
    return failed('internal', 'The setup is incomplete.', 'Load the page again.')
  }
  return success({
    kind,
    metric,
    comparison: {
      metrics: setup.metrics,
      baselineId: setup.baseline?.id ?? null,
      seed: setup.settings.seed,
    },
    dataset,
    models: setup.models,
    files,
    preparation: prepared,
    plan,
    roles: setup.roles,
    ...means,
  })
}
