import type { Roles } from '../core/dataset'
import { failed, type Outcome } from '../core/failure'
import type { SetupChoices } from './choices-within'
import type { LinkedFile } from './comparison-link'
import type { SetupState } from './setup-state.svelte'

/** What is set up, as a link. What makes it is fetched when it is asked for. */
export async function linkOfSetup(
  setup: SetupState,
  files: readonly LinkedFile[] | null,
): Promise<Outcome<string>> {
  const { settings, baseline, choices } = setup
  const whole = wholeChoices(setup)
  if (files === null) {
    return failed(
      'address-refused',
      'Not all files of this comparison came from addresses.',
      'Add them from addresses, or hand the report on as a file.',
    )
  }
  const { comparisonLink } = await import('./comparison-link')
  const linkWith = (chosen: SetupChoices) =>
    comparisonLink({
      files,
      setup: { choices: chosen, settings, baseline: baseline?.name ?? null },
    })
  const link = linkWith(whole)
  // Thousands of features fit into no link; where they were proposed, they will be again.
  return link.ok ? link : linkWith(choices)
}

/** The choices with what was proposed beside them: another version may propose something else. */
function wholeChoices({ kind, metric, roles, market, choices }: SetupState): SetupChoices {
  return {
    ...choices,
    ...(kind === null ? {} : { kind }),
    ...(metric === null ? {} : { metric: metric.id }),
    ...(market === null
      ? { target: roles.target, features: roles.features, ...referenceOf(roles) }
      : { market }),
  }
}

function referenceOf({ reference }: Roles): Pick<SetupChoices, 'reference'> {
  return reference === undefined ? {} : { reference }
}
